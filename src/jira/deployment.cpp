// Reads the JSON of serverInfo.
#include "applink/jira/deployment.h"

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

bool is_cloud_host(std::string_view host) {
  const auto name = to_lower_ascii(host);
  return name.ends_with(".atlassian.net") || name.ends_with(".jira.com");
}

}  // namespace applink::jira
