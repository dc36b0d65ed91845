// Jira's REST API, version 2, as far as it goes here.
#include "sandbox/endpoints/resource.h"

#include <string_view>

#include <nlohmann/json.hpp>

#include "sandbox/endpoints/issue.h"
#include "sandbox/endpoints/search.h"
#include "sandbox/rest_answers.h"

namespace applink::sandbox {
namespace {

http::Response server_info(const Site& site) {
  return json_answer(200, {{"baseUrl", site.config.base_url()},
                           {"version", "9.12.4"},
                           {"versionNumbers", nlohmann::json::array({9, 12, 4})},
                           {"deploymentType", "Server"},
                           {"buildNumber", 9120004},
                           {"buildDate", "2024-02-05T00:00:00.000+0000"},
                           {"databaseBuildNumber", 9120004},
                           {"serverTime", jira_time(site.clock.now())},
                           {"scmInfo", "applink sandbox"},
                           {"serverTitle", "applink sandbox"}});
}

http::Response myself(const Site& site, const User* user) {
  if (user == nullptr) {
    return status_answer(401, "Client must be authenticated to access this resource.");
  }
  return json_answer(200, user_json(site.config, *user));
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

http::Response resource(Site& site, const Incoming& incoming, const User* user) {
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
  return path == "myself" ? myself(site, user) : server_info(site);
}

}  // namespace applink::sandbox
