// What /rest/api/2/serverInfo tells: which Jira this is, and what it takes its own address to be.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"

namespace applink::jira {

/// Data Center reports itself as a server.
enum class Hosting { server, cloud };

struct Deployment {
  Hosting hosting = Hosting::server;
  std::string version;   ///< "9.12.4"
  std::string base_url;  ///< as the administrator configured it
  std::string title;     ///< may be empty
};

Result<Deployment> parse_server_info(std::string_view body);

/// Whether a host of this name is a site of the cloud, which its own domains alone do not tell.
bool is_cloud_host(std::string_view host);

}  // namespace applink::jira
