// The resources of each product, as far as they go here.
#include "sandbox/endpoints/resource.h"

#include <string_view>

#include "sandbox/endpoints/identity.h"
#include "sandbox/endpoints/issue.h"
#include "sandbox/endpoints/manifest.h"
#include "sandbox/endpoints/search.h"
#include "sandbox/rest_answers.h"

namespace applink::sandbox {
namespace {

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

http::Response jira(Site& site, const Incoming& incoming, const User* user) {
  std::string_view path = incoming.path;
  if (!take_prefix(path, "/rest/api/2/") && !take_prefix(path, "/rest/api/latest/")) {
    return no_such_resource(incoming);
  }
  if (path == "search") return search_issues(site, incoming, user);
  if (take_prefix(path, "issue/") && !path.empty() && path.find('/') == std::string_view::npos) {
    return issue(site, incoming, path, user);
  }
  if (path != "serverInfo" && path != "myself") return no_such_resource(incoming);
  if (!is_get(incoming)) return method_not_allowed("GET, HEAD");
  return path == "myself" ? myself(site, incoming, user) : server_info(site);
}

http::Response confluence(const Site& site, const Incoming& incoming, const User* user) {
  if (incoming.path != "/rest/api/user/current") return no_such_resource(incoming);
  if (!is_get(incoming)) return method_not_allowed("GET, HEAD");
  return confluence_user(site, user);
}

http::Response bamboo(const Incoming& incoming, const User* user) {
  if (incoming.path != "/rest/api/latest/currentUser") return no_such_resource(incoming);
  if (!is_get(incoming)) return method_not_allowed("GET, HEAD");
  return bamboo_user(user);
}

bool is_manifest(std::string_view path) {
  return path == "/rest/applinks/1.0/manifest" || path == "/rest/applinks/latest/manifest";
}

}  // namespace

bool is_resource(std::string_view path) {
  return path == whoami_path || path == "/rest" || path.substr(0, 6) == "/rest/";
}

http::Response resource(Site& site, const Incoming& incoming, const User* user) {
  if (incoming.path == whoami_path) return whoami(user);
  if (is_manifest(incoming.path)) return manifest(site, incoming);
  switch (site.config.release.product) {
    case Product::jira:
      return jira(site, incoming, user);
    case Product::confluence:
      return confluence(site, incoming, user);
    case Product::bamboo:
      return bamboo(incoming, user);
    case Product::bitbucket:
      break;
  }
  return no_such_resource(incoming);
}

}  // namespace applink::sandbox
