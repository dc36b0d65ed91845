// Reads the JSON of serverInfo.
#include "applink/jira/deployment.h"

#include <nlohmann/json.hpp>

#include "applink/base/text.h"

namespace applink::jira {
namespace {

std::string text_at(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

Result<Deployment> parse_server_info(std::string_view body) {
  const auto info = nlohmann::json::parse(body, nullptr, false);
  if (!info.is_object() || text_at(info, "version").empty()) {
    return fail(ErrorCode::failed, "the answer is not the serverInfo of a Jira",
                "check the base URL: its context path is the part before /rest");
  }
  return Deployment{
      .hosting = text_at(info, "deploymentType") == "Cloud" ? Hosting::cloud : Hosting::server,
      .version = text_at(info, "version"),
      .base_url = text_at(info, "baseUrl"),
      .title = text_at(info, "serverTitle")};
}

bool is_cloud_host(std::string_view host) {
  const auto name = to_lower_ascii(host);
  return name.ends_with(".atlassian.net") || name.ends_with(".jira.com");
}

}  // namespace applink::jira
