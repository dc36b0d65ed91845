// Reads the JSON of serverInfo and of the manifest.
#include "applink/jira/deployment.h"

#include <algorithm>
#include <array>
#include <utility>

#include "applink/base/text.h"
#include "jira/json_texts.h"

namespace applink::jira {

Result<Deployment> parse_server_info(std::string_view body) {
  const auto info = json_texts(body);
  if (!info || text_at(*info, "version").empty()) {
    return fail(ErrorCode::failed, "the answer is not the serverInfo of a Jira",
                "check the base URL: its context path is the part before /rest");
  }
  return Deployment{
      .hosting = text_at(*info, "deploymentType") == "Cloud" ? Hosting::cloud : Hosting::server,
      .version = text_at(*info, "version"),
      .base_url = text_at(*info, "baseUrl"),
      .title = text_at(*info, "serverTitle")};
}

Result<Deployment> parse_manifest(std::string_view body) {
  constexpr std::array<std::pair<std::string_view, Product>, 4> types{
      {{"jira", Product::jira},
       {"confluence", Product::confluence},
       {"stash", Product::bitbucket},
       {"bamboo", Product::bamboo}}};
  const auto manifest = json_texts(body);
  const std::string type_id = manifest ? text_at(*manifest, "typeId") : "";
  const auto* const type = std::find_if(types.begin(), types.end(),
                                        [&](const auto& known) { return known.first == type_id; });
  if (type == types.end()) {
    return fail(ErrorCode::failed, "the answer is not the manifest of one of Atlassian's products",
                "check the base URL: its context path is the part before /rest");
  }
  Deployment deployment;
  deployment.product = type->second;
  deployment.version = text_at(*manifest, "version");
  deployment.base_url = text_at(*manifest, "url");
  deployment.title = text_at(*manifest, "name");
  return deployment;
}

bool is_cloud_host(std::string_view host) {
  const auto name = to_lower_ascii(host);
  return name.ends_with(".atlassian.net") || name.ends_with(".jira.com");
}

}  // namespace applink::jira
