// Routes of the control endpoint, and what each does to the site.
#include "sandbox/control.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "applink/base/number.h"
#include "applink/base/secret.h"
#include "applink/base/text.h"
#include "applink/oauth1/percent_encoding.h"
#include "crypto/jira_doors.h"
#include "sandbox/responses.h"
#include "sandbox/rest_answers.h"
#include "sandbox/site_state.h"
#include "sandbox/token_changes.h"

namespace applink::sandbox {
namespace {

using nlohmann::json;

http::Response refusal(int status, const Error& error) {
  json document{{"error", error.message}};
  if (!error.hint.empty()) document["hint"] = error.hint;
  return json_answer(status, document);
}

http::Response refusal(int status, std::string message, std::string hint = {}) {
  return refusal(status, Error{ErrorCode::failed, std::move(message), std::move(hint)});
}

bool is_authorized(const Config& config, const http::Request& request) {
  constexpr std::string_view scheme = "bearer ";
  const std::string_view header = request.headers.find("Authorization").value_or("");
  return to_lower_ascii(header.substr(0, scheme.size())) == scheme &&
         equal_in_constant_time(header.substr(scheme.size()), *config.control_token);
}

/// A misspelt field is not an absent one: where it was to choose tokens, that would mean all.
Result<void> check_fields(const json& document, std::initializer_list<std::string_view> known) {
  for (const auto& [name, value] : document.items()) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    return fail(ErrorCode::usage, fmt::format("there is no field \"{}\" here", name),
                fmt::format("give {}", fmt::join(known, " or ")));
  }
  return {};
}

/// Absent is no text; what is there has to be one.
Result<std::optional<std::string>> text_in(const json& document, std::string_view field) {
  const auto found = document.find(field);
  if (found == document.end()) return std::nullopt;
  if (found->is_string()) return found->get<std::string>();
  return fail(ErrorCode::usage, fmt::format("{} is no text", field),
              "put it in quotes, or leave it out");
}

/// Absent is no number; what is there has to be one.
Result<std::optional<std::uint32_t>> times_in(const json& document) {
  const auto found = document.find("times");
  if (found == document.end()) return std::nullopt;
  if (found->is_number_unsigned() && *found > 0U && *found <= 1'000'000U) {
    return found->get<std::uint32_t>();
  }
  return fail(ErrorCode::usage, "times is no number of requests",
              "give 1 or more, or leave it out");
}

Result<Mishap> mishap_in(const json& document) {
  TRY(check_fields(document, {"mishap", "times"}));
  TRY_ASSIGN(const auto text, text_in(document, "mishap"));
  if (!text) {
    return fail(ErrorCode::usage, "no mishap is named",
                R"(send {"mishap":"NAME[=VALUE][@PLACE]"}, with "times" where it is to end)");
  }
  TRY_ASSIGN(Mishap mishap, parse_mishap(*text));
  TRY_ASSIGN(mishap.times, times_in(document));
  return mishap;
}

http::Response mishaps(Site& site, const http::Request& request, const json& document) {
  if (request.method == "GET") return json_answer(200, mishaps_json(site.mishaps));
  if (request.method == "DELETE") {
    site.mishaps.clear();
    return json_answer(200, mishaps_json(site.mishaps));
  }
  if (request.method != "POST") return method_not_allowed("GET, POST, DELETE");
  auto mishap = mishap_in(document);
  if (!mishap) return refusal(400, mishap.error());
  const int id = site.mishaps.add(*std::move(mishap));
  return json_answer(201, mishap_json(id, site.mishaps));
}

http::Response one_mishap(Site& site, const http::Request& request, std::string_view number) {
  if (request.method != "DELETE") return method_not_allowed("DELETE");
  const auto id = number_in<int>(number);
  if (id && site.mishaps.remove(*id)) return json_answer(200, mishaps_json(site.mishaps));
  return refusal(404, fmt::format("no mishap has the number {}", number), "GET the list of them");
}

Result<TokenChoice> choice_in(const json& document) {
  TRY(check_fields(document, {"token", "user", "consumer_key"}));
  TokenChoice choice;
  TRY_ASSIGN(choice.token, text_in(document, "token"));
  TRY_ASSIGN(choice.user, text_in(document, "user"));
  TRY_ASSIGN(choice.consumer_key, text_in(document, "consumer_key"));
  return choice;
}

http::Response tokens(Site& site, const http::Request& request, TokenChange change,
                      const json& document) {
  if (request.method != "POST") return method_not_allowed("POST");
  const auto choice = choice_in(document);
  if (!choice) return refusal(400, choice.error());
  const auto changed = change_tokens(site, change, *choice);
  if (!changed) return refusal(500, changed.error());
  return json_answer(200, {{"tokens", *changed}});
}

Result<bool> active_in(const json& document) {
  TRY(check_fields(document, {"active"}));
  const auto found = document.find("active");
  if (found != document.end() && found->is_boolean()) return found->get<bool>();
  return fail(ErrorCode::usage, "active is neither true nor false", R"(send {"active":false})");
}

http::Response user(Site& site, const http::Request& request, const std::string& name,
                    const json& document) {
  if (request.method != "POST") return method_not_allowed("POST");
  User* found = site.config.find_user(name);
  if (found == nullptr)
    return refusal(404, "there is no such user", "GET the state for their names");
  const auto active = active_in(document);
  if (!active) return refusal(400, active.error());
  found->login = *active ? LoginRight::granted : LoginRight::withdrawn;
  return json_answer(200, users_json(site.config));
}

Result<crypto::RsaPublicKey> public_key_in(const json& document) {
  TRY(check_fields(document, {"public_key"}));
  TRY_ASSIGN(const auto text, text_in(document, "public_key"));
  return crypto::key_at_admin_form(text.value_or(""));
}

http::Response replace_key(Site& site, Consumer& consumer, const json& document) {
  auto key = public_key_in(document);
  if (!key) return refusal(400, key.error());
  consumer.previous_key = std::exchange(
      consumer.public_key, std::make_shared<const crypto::RsaPublicKey>(*std::move(key)));
  return json_answer(200, consumers_json(site.config));
}

http::Response remove_consumer(Site& site, const std::string& key) {
  const auto changed = change_tokens(site, TokenChange::revoke, {std::nullopt, std::nullopt, key});
  if (!changed) return refusal(500, changed.error());
  std::erase_if(site.config.consumers, [&key](const Consumer& one) { return one.key == key; });
  site.keys.clear();
  return json_answer(200, consumers_json(site.config));
}

http::Response consumer(Site& site, const http::Request& request, const std::string& key,
                        const json& document) {
  Consumer* found = site.config.find_consumer(key);
  if (found == nullptr)
    return refusal(404, "there is no such consumer", "GET the state for their keys");
  if (request.method == "PUT") return replace_key(site, *found, document);
  if (request.method == "DELETE") return remove_consumer(site, key);
  return method_not_allowed("PUT, DELETE");
}

std::optional<std::string_view> behind(std::string_view path, std::string_view prefix) {
  if (path.substr(0, prefix.size()) != prefix) return std::nullopt;
  return path.substr(prefix.size());
}

http::Response routed(Site& site, const http::Request& request, std::string_view path,
                      const json& document) {
  if (path.empty() || path == "/") {
    if (request.method != "GET") return method_not_allowed("GET");
    return json_answer(200, site_state(site));
  }
  if (path == "/mishaps") return mishaps(site, request, document);
  if (const auto id = behind(path, "/mishaps/")) return one_mishap(site, request, *id);
  if (path == "/tokens/revoke") return tokens(site, request, TokenChange::revoke, document);
  if (path == "/tokens/expire") return tokens(site, request, TokenChange::expire, document);
  const auto decoded = [](std::string_view segment) {
    return oauth1::percent_decode(segment).value_or(std::string(segment));
  };
  if (const auto name = behind(path, "/users/")) {
    return user(site, request, decoded(*name), document);
  }
  if (const auto key = behind(path, "/consumers/")) {
    return consumer(site, request, decoded(*key), document);
  }
  return refusal(404, "there is nothing at this address",
                 "/mishaps, /tokens/revoke, /tokens/expire, /users/NAME and /consumers/KEY are");
}

}  // namespace

bool is_control(const Config& config, const http::Request& request) {
  if (!config.control_token) return false;
  const auto rest = behind(request.url.path(), control_path);
  return rest && (rest->empty() || rest->front() == '/');
}

http::Response control(Site& site, const http::Request& request) {
  if (!is_authorized(site.config, request)) {
    auto response = refusal(401, "this needs the control token",
                            "send Authorization: Bearer TOKEN; the file of --control has it");
    response.headers.add("WWW-Authenticate", "Bearer");
    return response;
  }
  const json document =
      request.body.empty() ? json::object() : json::parse(request.body, nullptr, false);
  if (!document.is_object()) return refusal(400, "the body is no JSON object");
  if (!document.empty() && (request.method == "GET" || request.method == "DELETE")) {
    return refusal(400, fmt::format("a {} takes no fields", request.method),
                   "name in the address what it is for");
  }
  return routed(site, request, request.url.path().substr(control_path.size()), document);
}

}  // namespace applink::sandbox
