// Every oauth_problem: Atlassian's own, those its library defines, and any other.
#include "applink/jira/problem_catalogue.h"

#include <array>
#include <string_view>

#include <fmt/args.h>
#include <fmt/format.h>

#include "applink/base/number.h"
#include "applink/base/text.h"
#include "applink/http/url.h"
#include "applink/jira/login_command.h"
#include "applink/oauth1/percent_encoding.h"
#include "applink/oauth1/problem.h"
#include "jira/screens.h"

namespace applink::jira {
namespace {

/// {product}, {link}, {key}, {method}, {login} and {renew} (the commands) and {detail} (what the
/// provider says about it) are filled in.
struct Entry {
  std::string_view name;
  std::string_view detail;  ///< the parameter that holds it
  std::string_view cause;
  std::string_view hint;
};

constexpr std::array<Entry, 19> entries{{
    {"consumer_key_unknown", "", "no link in {product} has this consumer key",
     "check {incoming} > Consumer key against: applink link show {link}"},
    {"consumer_key_rejected", "", "{product} does not accept this consumer key",
     "check {incoming} > Consumer key against: applink link show {link}"},
    {"consumer_key_refused", "", "{product} turns this consumer key away for now",
     "try again later, or ask the administrator of {product}"},
    {"signature_invalid", "",
     "the public key there is not that of the key {key}, or something on the way changed the "
     "request",
     "check {incoming} > Public Key against public_key.pem of: applink key export {key} --all"},
    {"signature_method_rejected", "oauth_acceptable_signature_methods",
     "{product} takes RSA-SHA1 alone", "sign the request with RSA-SHA1"},
    {"version_rejected", "oauth_acceptable_versions", "{product} wants another version of OAuth",
     "check the base URL: applink link show {link}"},
    {"timestamp_refused", "oauth_acceptable_timestamps",
     "the clocks of this machine and of {product} are more than five minutes apart",
     "set the clock that is wrong: timedatectl shows this machine's"},
    {"nonce_used", "", "a request with this signature came before",
     "sign the request again: a signature serves once, and whatever repeats requests on the way "
     "must not"},
    {"parameter_absent", "oauth_parameters_absent",
     "a part of the request did not arrive: {detail}",
     "look for a proxy that drops the Authorization header or parts of the query"},
    {"parameter_rejected", "oauth_parameters_rejected", "{product} does not take {detail}",
     "check the link: applink link show {link}"},
    {"token_rejected", "",
     "the token is not known: never given, already exchanged, revoked, gone with its consumer, or "
     "another consumer's",
     "log in again: {login}"},
    {"token_expired", "", "the token's time is over",
     "renew it: {renew}, or log in again: {login}"},
    {"token_used", "", "this login was already answered", "start over: {login}"},
    {"token_revoked", "", "the user took the permission back", "log in again: {login}"},
    {"token_not_authorized", "", "nobody has allowed this token yet",
     "press Allow on the page that this shows: {login}"},
    {"permission_unknown", "", "the user has not answered yet",
     "press Allow on the page that was shown, then finish the login again"},
    {"permission_denied", "",
     "the user pressed Deny, the session behind the token is over, or {product} does not let this "
     "link act for users",
     "log in again and press Allow: {login}"},
    {"additional_authorization_required", "", "the user must allow more than they did",
     "log in again: {login}"},
    {"user_refused", "", "the user said no", "log in again and press Allow: {login}"},
}};

/// The same problem where no key signs.
constexpr Entry wrong_secret{
    "signature_invalid", "",
    "the consumer secret there is not the one that is here, or something on the way changed the "
    "request",
    "give it again, as {product} shows it: applink link set {link} --consumer-secret"};

/// The same problem where the provider is none of Atlassian's.
constexpr Entry wrong_method{"signature_method_rejected", "oauth_acceptable_signature_methods",
                             "{product} does not take {method}",
                             "choose another: applink link set {link} --signature-method NAME"};

constexpr Entry unknown{"", "", "this is not a problem that applink knows",
                        "the log of {product} says more when the package "
                        "com.atlassian.oauth.serviceprovider is set to DEBUG"};

const Entry& entry_of(std::string_view name, const ApplicationLink& link) {
  if (name == wrong_secret.name && !signs_with_key(link)) return wrong_secret;
  if (name == wrong_method.name && link.product == Product::generic) return wrong_method;
  for (const auto& entry : entries) {
    if (entry.name == name) return entry;
  }
  return unknown;
}

std::string filled(std::string_view text, const oauth1::Problem& problem,
                   const ApplicationLink& link, std::string_view user_label) {
  const auto detail = problem.find(entry_of(problem.name, link).detail).value_or("a parameter");
  fmt::dynamic_format_arg_store<fmt::format_context> words;
  words.push_back(fmt::arg("product", provider_word(link)));
  words.push_back(fmt::arg("link", link.name));
  words.push_back(fmt::arg("key", link.key_name));
  words.push_back(fmt::arg("method", oauth1::to_string(link.signature_method)));
  words.push_back(fmt::arg("login", login_command(link.name, user_label)));
  words.push_back(fmt::arg("renew", renewal_command(link.name, user_label)));
  words.push_back(fmt::arg("incoming", incoming_authentication));
  words.push_back(fmt::arg("detail", terminal_safe(detail)));
  return fmt::vformat(text, words);
}

/// The URL that the provider signed for itself, out of the base string that it sent back.
std::optional<http::Url> url_seen(const oauth1::Problem& problem) {
  const auto base_string = problem.find("oauth_signature_base_string").value_or("");
  const auto begin = base_string.find('&');
  const auto end = base_string.find('&', begin + 1);
  if (begin == std::string_view::npos || end == std::string_view::npos) return std::nullopt;
  const auto uri = oauth1::percent_decode(base_string.substr(begin + 1, end - begin - 1));
  if (!uri) return std::nullopt;
  auto url = http::Url::parse(*uri);
  if (!url) return std::nullopt;
  return *std::move(url);
}

/// The commonest cause behind a reverse proxy: the product computes another URL than was asked for.
/// What a generic provider has in front of it is not known, and its dance may be elsewhere.
std::optional<Advice> advice_on_url_seen(const oauth1::Problem& problem,
                                         const ApplicationLink& link) {
  if (link.product == Product::generic) return std::nullopt;
  const auto seen = url_seen(problem);
  if (!seen || belongs_to(link, *seen)) return std::nullopt;
  const auto base = http::Url::parse(link.base_url);
  if (base && base->same_origin(*seen)) {
    return Advice{fmt::format("{} took the request for one to the path {}, not under {}",
                              provider_word(link), terminal_safe(seen->path()), link.base_url),
                  "the proxy in front of it must pass the path on as it is: the context path there "
                  "has to be that of the base URL"};
  }
  return Advice{fmt::format("{} took the request for one to {}, not under {}", provider_word(link),
                            terminal_safe(seen->text()), link.base_url),
                "the proxy in front of it must pass on Host, and Tomcat's connector needs scheme, "
                "proxyName and proxyPort as in the base URL"};
}

std::optional<Timestamp> seconds_in(std::string_view digits) {
  const auto value = number_in<std::int64_t>(digits);
  constexpr std::int64_t year_10000 = 253402300800;
  if (!value || *value < 0 || *value >= year_10000) return std::nullopt;
  return Timestamp(std::chrono::seconds(*value));
}

/// What stands in brackets behind the problem's name.
std::string subject_of(const oauth1::Problem& problem, const ApplicationLink& link) {
  if (problem.name.starts_with("consumer_key_")) return fmt::format(" (\"{}\")", link.consumer_key);
  const auto clock = provider_clock(problem);
  if (problem.name != "timestamp_refused" || !clock) return {};
  return fmt::format(" (the time there is {})", to_rfc3339(*clock));
}

}  // namespace

Advice advice_on(const oauth1::Problem& problem, const ApplicationLink& link,
                 std::string_view user_label) {
  if (auto advice = advice_on_url_seen(problem, link)) return *std::move(advice);
  const auto& entry = entry_of(problem.name, link);
  Advice advice{filled(entry.cause, problem, link, user_label),
                filled(entry.hint, problem, link, user_label)};
  if (const auto words = problem.find("oauth_problem_advice")) {
    advice.cause += fmt::format(" (\"{}\")", terminal_safe(*words));
  }
  return advice;
}

Error refused_by_jira(const oauth1::Problem& problem, const ApplicationLink& link,
                      std::string_view user_label) {
  const auto advice = advice_on(problem, link, user_label);
  const bool user_said_no = problem.name == "user_refused";
  return {user_said_no ? ErrorCode::denied : ErrorCode::refused,
          fmt::format("{} refused the request: {}{}", provider_word(link),
                      terminal_safe(problem.name), subject_of(problem, link)),
          fmt::format("{}; {}", advice.cause, advice.hint)};
}

std::optional<Timestamp> provider_clock(const oauth1::Problem& problem) {
  const auto window = problem.find("oauth_acceptable_timestamps").value_or("");
  const auto dash = window.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = seconds_in(window.substr(0, dash));
  const auto last = seconds_in(window.substr(dash + 1));
  if (!first || !last || *last < *first) return std::nullopt;
  return *first + (*last - *first) / 2;
}

}  // namespace applink::jira
