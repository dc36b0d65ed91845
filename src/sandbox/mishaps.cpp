// The table, and how a mishap is written and counted.
#include "sandbox/mishaps.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "applink/base/number.h"
#include "applink/base/text.h"
#include "sandbox/wire_mishaps.h"

namespace applink::sandbox {
namespace {

constexpr int longest_time = 400'000'000;  // more than twelve years, in seconds

bool is_offset(std::string_view text) {
  const auto seconds = number_in<int>(text);
  return seconds && -longest_time <= *seconds && *seconds <= longest_time;
}

bool is_time(std::string_view text) {
  const auto seconds = number_in<int>(text);
  return seconds && 0 <= *seconds && *seconds <= longest_time;
}

// "idle:1800" and "fixed:600".
bool is_cache_time(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view rule = text.substr(0, colon);
  return (rule == "idle" || rule == "fixed") && is_time(text.substr(colon + 1));
}

bool is_page_or_redirect(std::string_view text) {
  return text == "page" || text == "redirect";
}

bool is_body_or_empty(std::string_view text) {
  return text == "body" || text == "empty";
}

bool is_word_of(std::string_view text, std::string_view more) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [more](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           more.find(c) != std::string_view::npos;
  });
}

bool is_host(std::string_view text) {
  return is_word_of(text, ".-:");
}

bool is_path(std::string_view text) {
  return text == "/" || (text.substr(0, 1) == "/" && text.back() != '/' &&
                         is_word_of(text, "/.-_~") && text.find("//") == std::string_view::npos);
}

constexpr Place signed_places = Place::request_token | Place::access_token | Place::resource;
constexpr Place token_places = Place::authorize | Place::access_token | Place::resource;

constexpr std::array<MishapEntry, 30> table{{
    {MishapKind::clock_off, "clock-off", signed_places, Methods::any, "SECONDS", "400", is_offset,
     "the product's clock is that much ahead, or behind where it is negative"},
    {MishapKind::consumer_unknown, "consumer-unknown", Place::all, Methods::any, "", "", nullptr,
     "the consumer was removed, and its tokens with it"},
    {MishapKind::key_replaced, "key-replaced", signed_places, Methods::any, "", "", nullptr,
     "the consumer has another public key"},
    {MishapKind::stale_key, "stale-key", Place::access_token | Place::resource, Methods::any,
     "idle:SECONDS|fixed:SECONDS", "idle:1800", is_cache_time,
     "a token is checked with the key of its consumer when it was last loaded: until it was idle "
     "for so long, or that long after loading"},
    {MishapKind::two_nodes, "two-nodes", signed_places, Methods::any, "", "", nullptr,
     "every second request reaches a node that has the consumer's key before this one"},
    {MishapKind::token_expired, "token-expired", token_places, Methods::any, "", "", nullptr,
     "the token's time is over"},
    {MishapKind::token_revoked, "token-revoked", token_places, Methods::any, "", "", nullptr,
     "the user took the token back"},
    {MishapKind::token_of_another_consumer, "token-of-another-consumer",
     Place::access_token | Place::resource, Methods::any, "", "", nullptr,
     "the token was given to somebody else"},
    {MishapKind::user_deactivated, "user-deactivated", Place::resource, Methods::any, "", "",
     nullptr, "the user of the token may not log in any more"},
    {MishapKind::captcha, "captcha", Place::resource, Methods::any, "", "", nullptr,
     "after too many failures a CAPTCHA has to be answered in a browser"},
    {MishapKind::login_page, "login-page", signed_places, Methods::any, "page|redirect", "page",
     is_page_or_redirect, "a login page in place of the answer, or a redirect to it"},
    {MishapKind::anonymous, "anonymous", Place::resource, Methods::any, "body|empty", "body",
     is_body_or_empty, "the request runs as nobody, and may be answered 200 all the same"},
    {MishapKind::websudo, "websudo", Place::resource, Methods::any, "", "", nullptr,
     "the resource wants a secure administrator session"},
    {MishapKind::xsrf, "xsrf", Place::authorize | Place::resource, Methods::changing, "", "",
     nullptr, "XSRF check failed, unless X-Atlassian-Token: no-check is sent to a resource"},
    {MishapKind::wrong_scheme, "wrong-scheme", signed_places, Methods::any, "", "", nullptr,
     "the connector takes http for https, and https for http"},
    {MishapKind::wrong_host, "wrong-host", signed_places, Methods::any, "HOST[:PORT]",
     "jira.internal:8080", is_host, "the proxy in front passes another Host on"},
    {MishapKind::rewritten_path, "rewritten-path", signed_places, Methods::any, "CONTEXT-PATH",
     "/internal", is_path, "the product behind the proxy has another context path"},
    {MishapKind::dropped_header, "dropped-header", signed_places, Methods::any, "", "", nullptr,
     "the proxy in front drops the Authorization header"},
    {MishapKind::eaten_body, "eaten-body", Place::all, Methods::changing, "", "", nullptr,
     "the proxy in front passes the request on without its body"},
    {MishapKind::bad_gateway, "bad-gateway", Place::all, Methods::any, "", "", nullptr,
     "the proxy in front answers 502"},
    {MishapKind::unavailable, "unavailable", Place::all, Methods::any, "SECONDS", "30", is_time,
     "the proxy in front answers 503, with Retry-After"},
    {MishapKind::slow, "slow", Place::all, Methods::any, "MILLISECONDS", "100", is_trickle,
     "the answer comes byte by byte, with so long a pause after each"},
    {MishapKind::hanging, "hanging", Place::all, Methods::any, "", "", nullptr,
     "the request is done, but the answer never comes"},
    {MishapKind::cut, "cut", Place::all, Methods::any, "", "", nullptr,
     "the connection ends in the middle of the answer"},
    {MishapKind::broken_chunks, "broken-chunks", Place::all, Methods::any, "", "", nullptr,
     "the answer comes in chunks, of which the second has no size"},
    {MishapKind::huge, "huge", Place::all, Methods::any, "", "", nullptr, "the answer has no end"},
    {MishapKind::broken_gzip, "broken-gzip", Place::all, Methods::any, "", "", nullptr,
     "the answer says unasked that it is gzip, and is not"},
    {MishapKind::invalid_utf8, "invalid-utf8", Place::all, Methods::any, "", "", nullptr,
     "the body, and a header more, have bytes that are no text"},
    {MishapKind::duplicate_headers, "duplicate-headers", Place::all, Methods::any,
     "length|challenge", "length", is_repeated_header,
     "two lengths that differ, or other challenges before the product's own"},
    {MishapKind::redirect, "redirect", Place::all, Methods::any, "path|host|scheme[:STATUS]",
     "path:302", is_redirection, "the proxy in front sends the client elsewhere"},
}};

constexpr std::array<std::pair<Place, std::string_view>, 5> place_names{
    {{Place::request_token, "request-token"},
     {Place::authorize, "authorize"},
     {Place::access_token, "access-token"},
     {Place::resource, "resource"},
     {Place::all, "all"}}};

std::string_view name_of(Place place) {
  for (const auto& [known, name] : place_names) {
    if (known == place) return name;
  }
  return "all";
}

Result<const MishapEntry*> entry_named(std::string_view name) {
  std::vector<std::string> names;
  for (const MishapEntry& entry : table) {
    if (entry.name == name) return &entry;
    names.emplace_back(entry.name);
  }
  const auto near = nearest(name, names);
  return fail(ErrorCode::usage, fmt::format("no mishap is called \"{}\"", terminal_safe(name)),
              near ? fmt::format("did you mean {}?", *near)
                   : fmt::format("there are: {}", fmt::join(names, ", ")));
}

std::string names_of(Place places) {
  std::string out;
  for (const auto& [place, name] : place_names) {
    const bool fits = place == Place::all || covers(places, place);
    if (fits) out += fmt::format("{}{}", out.empty() ? "" : ", ", name);
  }
  return out;
}

Result<Place> place_named(std::string_view name, const MishapEntry& entry) {
  for (const auto& [place, known] : place_names) {
    const bool strikes_there = place == Place::all || covers(entry.places, place);
    if (known == name && strikes_there) return place;
  }
  return fail(ErrorCode::usage,
              fmt::format("{} does not happen at \"{}\"", entry.name, terminal_safe(name)),
              fmt::format("behind the @ one of: {}", names_of(entry.places)));
}

Result<std::string> value_for(const MishapEntry& entry, std::optional<std::string_view> value) {
  if (!value) return std::string(entry.usual_value);
  if (entry.accepts == nullptr) {
    return fail(ErrorCode::usage, fmt::format("{} takes no value", entry.name),
                fmt::format("give {} alone", entry.name));
  }
  if (entry.accepts(*value)) return std::string(*value);
  return fail(ErrorCode::usage,
              fmt::format("{} cannot be \"{}\"", entry.name, terminal_safe(*value)),
              fmt::format("give {}={}, such as {}={}", entry.name, entry.value_name, entry.name,
                          entry.usual_value));
}

bool fits(const MishapEntry& entry, std::string_view method) {
  return entry.methods == Methods::any || (method != "GET" && method != "HEAD");
}

}  // namespace

std::span<const MishapEntry> mishap_table() {
  return table;
}

Result<Mishap> parse_mishap(std::string_view text) {
  const std::size_t at = text.rfind('@');
  const std::string_view what = text.substr(0, at);
  const std::size_t equals = what.find('=');
  TRY_ASSIGN(const MishapEntry* entry, entry_named(what.substr(0, equals)));
  const auto given =
      equals == std::string_view::npos ? std::nullopt : std::optional(what.substr(equals + 1));
  Mishap mishap{entry, {}, Place::all, std::nullopt};
  TRY_ASSIGN(mishap.value, value_for(*entry, given));
  if (at == std::string_view::npos) return mishap;
  TRY_ASSIGN(mishap.place, place_named(text.substr(at + 1), *entry));
  return mishap;
}

std::string to_string(const Mishap& mishap) {
  std::string out(mishap.entry->name);
  if (!mishap.value.empty()) out += '=' + mishap.value;
  if (mishap.place != Place::all) out += fmt::format("@{}", name_of(mishap.place));
  return out;
}

const Blow* Struck::find(MishapKind kind) const {
  const auto found = std::find_if(blows_.begin(), blows_.end(),
                                  [kind](const Blow& blow) { return blow.entry->kind == kind; });
  return found == blows_.end() ? nullptr : &*found;
}

int Mishaps::add(Mishap mishap) {
  active_.push_back({++last_id_, std::move(mishap)});
  return last_id_;
}

bool Mishaps::remove(int id) {
  return std::erase_if(active_, [id](const Active& one) { return one.id == id; }) > 0;
}

Struck Mishaps::strike(Place place, std::string_view method) {
  std::vector<Blow> blows;
  for (Active& active : active_) {
    const MishapEntry* entry = active.mishap.entry;
    const bool strikes =
        covers(active.mishap.place, place) && covers(entry->places, place) && fits(*entry, method);
    const bool is_second = std::any_of(blows.begin(), blows.end(),
                                       [entry](const Blow& blow) { return blow.entry == entry; });
    if (!strikes || is_second) continue;
    ++active.strikes;
    blows.push_back({entry, active.mishap.value, active.strikes});
  }
  std::erase_if(active_, [](const Active& one) {
    return one.mishap.times && one.strikes >= *one.mishap.times;
  });
  return Struck(std::move(blows));
}

}  // namespace applink::sandbox
