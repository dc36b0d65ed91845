// What /rest/applinks and /rest/applinks-oauth answer.
#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "applink/base/text.h"
#include "applink/jira/admin_rest.h"
#include "http/redirect_target.h"

namespace applink::jira {
namespace {

using nlohmann::json;

std::string string_at(const json& object, const char* field) {
  const auto found = object.find(field);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool flag_at(const json& object, const char* field) {
  const auto found = object.find(field);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}

json document_of(const http::Response& response) {
  return json::parse(response.body, nullptr, false);
}

bool says(const http::Response& response, std::string_view words) {
  return response.body.find(words) != std::string::npos;
}

/// The message of the framework's errors, for a person.
std::string message_of(const http::Response& response) {
  const json document = document_of(response);
  const std::string message = document.is_object() ? string_at(document, "message") : "";
  return message.empty() ? "" : ": " + terminal_safe(message);
}

std::string answered_saying(const http::Response& response, const ApplicationLink& link) {
  return fmt::format("{} answered {} {}{}", provider_word(link), response.status,
                     http::reason_phrase(response.status), message_of(response));
}

Error unauthorized(const http::Response& response, const ApplicationLink& link) {
  if (says(response, "WebSudo")) {
    return {
        ErrorCode::refused,
        fmt::format("{} wants the administrator's password again (WebSudo)", provider_word(link)),
        "a personal access token does not open it there: use --admin-user with the password, or "
        "make the link by the screens"};
  }
  const auto reason = response.headers.find("X-Seraph-LoginReason").value_or("");
  if (reason.find("AUTHENTICATED_FAILED") != std::string_view::npos ||
      says(response, "AUTHENTICATED_FAILED")) {
    return {ErrorCode::refused, fmt::format("{} does not take this password", provider_word(link)),
            "check name and password on the login page; where passwords are switched off for "
            "programs, use --admin-token-file"};
  }
  return {ErrorCode::refused, answered_saying(response, link),
          "this takes an administrator: check the account's groups, or that the token is not "
          "expired"};
}

Error forbidden_to_administer(const http::Response& response, const ApplicationLink& link) {
  if (response.headers.find("X-Authentication-Denied-Reason")
          .value_or("")
          .starts_with("CAPTCHA_CHALLENGE")) {
    return {ErrorCode::refused,
            fmt::format("{} wants a CAPTCHA answered after failed logins", provider_word(link)),
            fmt::format("log in at {} with a browser once, then try again", link.base_url)};
  }
  if (says(response, "XSRF")) {
    return {ErrorCode::failed,
            fmt::format("{} takes the call for a forgery (XSRF)", provider_word(link)),
            "look for a proxy that drops X-Atlassian-Token or changes User-Agent, or make the link "
            "by the screens"};
  }
  return {ErrorCode::refused, answered_saying(response, link),
          "ask for the rights of an administrator"};
}

Error bad_request(const http::Response& response, const ApplicationLink& link) {
  if (says(response, "invalid.consumer.publickey")) {
    return {ErrorCode::failed, fmt::format("{} does not take the public key", provider_word(link)),
            "its REST interface takes SubjectPublicKeyInfo alone; make the link by the screens"};
  }
  return {ErrorCode::failed, answered_saying(response, link),
          "look at the list of application links there: the name or the URL may be taken"};
}

std::optional<Error> failure_of(const http::Response& response, const ApplicationLink& link) {
  switch (response.status) {
    case 200:
    case 201:
    case 204:
      return std::nullopt;
    case 400:
      return bad_request(response, link);
    case 401:
      return unauthorized(response, link);
    case 403:
      return forbidden_to_administer(response, link);
    case 404:
      return Error{
          ErrorCode::failed,
          fmt::format("{} has no such REST interface for application links", provider_word(link)),
          fmt::format("check the base URL {}, or make the link by the screens", link.base_url)};
    default:
      break;
  }
  if (const auto target = http::redirect_target(response.headers)) {
    return Error{ErrorCode::failed, fmt::format("{} redirects to {}", provider_word(link), *target),
                 "a password is not sent on to another address: check the base URL"};
  }
  return Error{ErrorCode::failed, answered_saying(response, link),
               "make the link by the screens, or look into the log of the server"};
}

Error no_list(const ApplicationLink& link) {
  return {ErrorCode::failed,
          fmt::format("the answer of {} is no list of application links", provider_word(link)),
          "make the link by the screens instead"};
}

RemoteConsumer consumer_of(const json& object) {
  return {string_at(object, "key"),
          string_at(object, "name"),
          string_at(object, "description"),
          string_at(object, "callback"),
          string_at(object, "publicKey"),
          flag_at(object, "twoLOAllowed"),
          flag_at(object, "twoLOImpersonationAllowed")};
}

/// The list in the document, whatever its name there: it was not seen on a real product. One
/// consumer may stand there by itself.
json consumers_of(const json& document) {
  if (document.is_array()) return document;
  if (document.contains("key")) return json::array({document});
  for (const auto& field : document.items()) {
    if (field.value().is_array()) return field.value();
  }
  return json::array();
}

}  // namespace

Result<void> done_in(const http::Response& response, const ApplicationLink& link) {
  if (auto failure = failure_of(response, link)) return tl::unexpected(*std::move(failure));
  return {};
}

Result<std::vector<RemoteLink>> links_in(const http::Response& response,
                                         const ApplicationLink& link) {
  TRY(done_in(response, link));
  const json document = document_of(response);
  const auto found = document.is_object() ? document.find("applicationLinks") : document.end();
  if (found == document.end() || !found->is_array()) return tl::unexpected(no_list(link));
  std::vector<RemoteLink> links;
  for (const json& object : *found) {
    if (!object.is_object()) return tl::unexpected(no_list(link));
    links.push_back(
        {string_at(object, "id"), string_at(object, "name"), string_at(object, "rpcUrl")});
  }
  return links;
}

Result<std::string> created_link_in(const http::Response& response, const ApplicationLink& link) {
  TRY(done_in(response, link));
  const json document = document_of(response);
  const auto created = document.is_object() ? document.find("resources-created") : document.end();
  const bool is_list = created != document.end() && created->is_array() && !created->empty();
  const json first = is_list ? created->front() : json();
  const std::string href = first.is_object() ? string_at(first, "href") : "";
  const std::size_t slash = href.rfind('/');
  if (slash != std::string::npos && slash + 1 < href.size()) return href.substr(slash + 1);
  return fail(ErrorCode::failed,
              fmt::format("{} does not say which application link it made", provider_word(link)),
              "run the same command again: it looks for the link by its URL");
}

Result<std::vector<RemoteConsumer>> consumers_in(const http::Response& response,
                                                 const ApplicationLink& link) {
  if (response.status == 404) return std::vector<RemoteConsumer>();
  TRY(done_in(response, link));
  const json document = document_of(response);
  if (document.is_discarded() || !document.is_structured()) return tl::unexpected(no_list(link));
  std::vector<RemoteConsumer> consumers;
  for (const json& object : consumers_of(document)) {
    if (object.is_object() && !flag_at(object, "outgoing"))
      consumers.push_back(consumer_of(object));
  }
  return consumers;
}

}  // namespace applink::jira
