// Jira's JSON.
#include "sandbox/rest_answers.h"

#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "applink/base/encoding.h"
#include "applink/crypto/digest.h"
#include "applink/oauth1/percent_encoding.h"
#include "sandbox/html.h"
#include "sandbox/responses.h"

namespace applink::sandbox {

using nlohmann::json;

http::Response json_answer(int status, const json& document) {
  return json_response(status, document.dump(-1, ' ', false, json::error_handler_t::replace));
}

http::Response error_answer(int status, std::string_view message) {
  return json_answer(status,
                     {{"errorMessages", json::array({message})}, {"errors", json::object()}});
}

http::Response field_error(std::string_view field, std::string_view message) {
  json errors = json::object();
  errors[std::string(field)] = message;
  return json_answer(400, {{"errorMessages", json::array()}, {"errors", std::move(errors)}});
}

http::Response status_answer(int status, std::string_view message) {
  return json_answer(status, {{"message", message}, {"status-code", status}});
}

http::Response status_document(const Incoming& incoming, int status, std::string_view message) {
  if (wants_json(incoming)) return status_answer(status, message);
  return xml_answer(
      status, fmt::format("<status><status-code>{}</status-code><message>{}</message></status>",
                          status, xml_text(message)));
}

http::Response xml_answer(int status, std::string_view element) {
  return {status,
          {{"Content-Type", "application/xml;charset=UTF-8"}, {"Cache-Control", "no-store"}},
          fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>{}", element)};
}

std::string xml_text(std::string_view text) {
  return escape_html(text);
}

http::Response no_such_resource(const Incoming& incoming) {
  return status_answer(404, fmt::format("null for uri: {}", incoming.request.url.text()));
}

http::Response method_not_allowed(std::string_view allowed) {
  http::Response response = empty_response(405);
  response.headers.add("Allow", std::string(allowed));
  return response;
}

std::string account_id(const User& user) {
  constexpr std::size_t length = 24;
  return hex_encode(crypto::digest(crypto::Digest::sha256, user.name)).substr(0, length);
}

// The cloud names a user by the account alone.
json user_json(const Config& config, const User& user) {
  json out{{"emailAddress", user.email},
           {"displayName", user.display_name},
           {"active", user.login == LoginRight::granted},
           {"timeZone", "Etc/UTC"},
           {"locale", "en_US"}};
  const std::string resource = config.base_url() + "/rest/api/2/user?";
  if (config.release.deployment == Deployment::cloud) {
    out["accountId"] = account_id(user);
    out["accountType"] = "atlassian";
    out["self"] = resource + "accountId=" + account_id(user);
    return out;
  }
  out["key"] = out["name"] = user.name;
  out["self"] = resource + "username=" + oauth1::percent_encode(user.name);
  return out;
}

json issue_json(const Config& config, const Issue& issue) {
  json fields{{"summary", issue.summary},
              {"description", issue.description.empty() ? json() : json(issue.description)},
              {"issuetype", {{"id", "3"}, {"name", "Task"}, {"subtask", false}}},
              {"project", {{"id", "10000"}, {"key", "TEST"}, {"name", "Test"}}},
              {"status", {{"id", "1"}, {"name", "Open"}}},
              {"created", jira_time(issue.created)},
              {"updated", jira_time(issue.updated)}};
  const User* creator = config.find_user(issue.creator);
  if (creator != nullptr) fields["creator"] = fields["reporter"] = user_json(config, *creator);
  return {{"expand", "renderedFields,names,schema,operations,editmeta,changelog"},
          {"id", issue.id},
          {"self", fmt::format("{}/rest/api/2/issue/{}", config.base_url(), issue.id)},
          {"key", issue.key},
          {"fields", std::move(fields)}};
}

std::string jira_time(Timestamp time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.000+0000", fmt::gmtime(time.time_since_epoch().count()));
}

bool is_get(const Incoming& incoming) {
  return incoming.request.method == "GET" || incoming.request.method == "HEAD";
}

bool wants_json(const Incoming& incoming) {
  const auto accepted = incoming.request.headers.find("Accept").value_or("");
  return accepted.find("application/json") != std::string_view::npos;
}

bool is_json(const Incoming& incoming) {
  return http::media_type(incoming.request.headers) == "application/json";
}

json json_body(const Incoming& incoming) {
  return json::parse(incoming.request.body, nullptr, false);
}

}  // namespace applink::sandbox
