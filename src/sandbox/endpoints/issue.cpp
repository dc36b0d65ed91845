// Summary and description can be changed; every other field is not on the screen.
#include "sandbox/endpoints/issue.h"

#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sandbox/responses.h"
#include "sandbox/rest_answers.h"

namespace applink::sandbox {
namespace {

using nlohmann::json;

constexpr std::size_t longest_summary = 254;

// What Jira says against a summary; empty where it has nothing against it.
std::string_view fault_of_summary(const json& value) {
  if (!value.is_string()) return "Operation value must be a string";
  const auto& text = value.get_ref<const std::string&>();
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    return "You must specify a summary of the issue.";
  }
  if (text.find_first_of("\r\n") != std::string::npos) {
    return "The summary is invalid because it contains newline characters.";
  }
  if (text.size() > longest_summary) return "Summary must be less than 255 characters.";
  return {};
}

std::string fault_of_field(const std::string& name, const json& value) {
  if (name == "summary") return std::string(fault_of_summary(value));
  if (name != "description") {
    return fmt::format("Field '{}' cannot be set. It is not on the appropriate screen, or unknown.",
                       name);
  }
  return value.is_string() || value.is_null() ? "" : "Operation value must be a string";
}

// `fields` without fault.
Changes changes_of(const json& fields) {
  Changes changes;
  if (fields.contains("summary")) changes.summary = fields["summary"].get<std::string>();
  if (!fields.contains("description")) return changes;
  const json& description = fields["description"];
  changes.description = description.is_null() ? "" : description.get<std::string>();
  return changes;
}

http::Response change(Site& site, const Incoming& incoming, const Issue& issue) {
  if (!is_json(incoming)) return empty_response(415);
  const json document = json_body(incoming);
  if (!document.is_object() || !document.contains("fields") || !document["fields"].is_object()) {
    return error_answer(400, "The body is no JSON object with an object \"fields\" in it.");
  }
  const json& fields = document["fields"];
  for (const auto& field : fields.items()) {
    const std::string fault = fault_of_field(field.key(), field.value());
    if (!fault.empty()) return field_error(field.key(), fault);
  }
  site.issues.change(issue.key, changes_of(fields), site.clock.now());
  return empty_response(204);
}

}  // namespace

http::Response issue(Site& site, const Incoming& incoming, std::string_view key, const User* user) {
  const Issue* found = site.issues.find(key);
  // Who is not logged in learns no more than who asks for what is not there.
  if (found == nullptr || user == nullptr) return error_answer(404, "Issue Does Not Exist");
  if (is_get(incoming)) return json_answer(200, issue_json(site.config, *found));
  if (incoming.request.method == "PUT") return change(site, incoming, *found);
  return method_not_allowed("GET, HEAD, PUT");
}

}  // namespace applink::sandbox
