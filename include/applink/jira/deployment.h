// What a product tells everybody: which one it is, and what it takes its own address to be.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/jira/application_link.h"

namespace applink::jira {

/// Data Center reports itself as a server.
enum class Hosting { server, cloud };

struct Deployment {
  Product product = Product::jira;
  Hosting hosting = Hosting::server;
  std::string version;   ///< "9.12.4"
  std::string base_url;  ///< as the administrator configured it
  std::string title;     ///< may be empty
};

Result<Deployment> parse_server_info(std::string_view body);

/// The JSON of /rest/applinks/1.0/manifest, which all of Atlassian's products have. It does not
/// tell the cloud from a server.
Result<Deployment> parse_manifest(std::string_view body);

/// Whether a host of this name is a site of the cloud, which its own domains alone do not tell.
bool is_cloud_host(std::string_view host);

}  // namespace applink::jira
