// One user in four shapes.
#include "sandbox/endpoints/identity.h"

#include <nlohmann/json.hpp>

#include "applink/oauth1/percent_encoding.h"
#include "sandbox/responses.h"
#include "sandbox/rest_answers.h"

namespace applink::sandbox {
namespace {

using nlohmann::json;

http::Response not_logged_in() {
  return status_answer(401, "Client must be authenticated to access this resource.");
}

enum class Groups { counted, listed };

json groups_json(const Config& config, const User& user, Groups groups) {
  const std::string resource = config.base_url() + "/rest/api/2/group?groupname=";
  json items = json::array();
  for (const std::string& group : user.groups) {
    if (groups == Groups::counted) break;
    items.push_back({{"name", group}, {"self", resource + oauth1::percent_encode(group)}});
  }
  return {{"size", user.groups.size()}, {"items", std::move(items)}};
}

Groups wanted_groups(const Incoming& incoming) {
  const auto expand = oauth1::find(incoming.query, "expand").value_or("");
  const bool named = (',' + std::string(expand) + ',').find(",groups,") != std::string::npos;
  return named ? Groups::listed : Groups::counted;
}

json picture(const Config& config) {
  return {{"path", config.context_path + "/images/icons/profilepics/default.svg"},
          {"width", 48},
          {"height", 48},
          {"isDefault", true}};
}

}  // namespace

http::Response whoami(const User* user) {
  return text_response(200, user != nullptr ? user->name : "");
}

http::Response myself(const Site& site, const Incoming& incoming, const User* user) {
  if (user == nullptr) return not_logged_in();
  json document = user_json(site.config, *user);
  document["groups"] = groups_json(site.config, *user, wanted_groups(incoming));
  document["expand"] = "groups,applicationRoles";
  return json_answer(200, document);
}

http::Response confluence_user(const Site& site, const User* user) {
  if (user == nullptr) {
    return json_answer(200, {{"type", "anonymous"},
                             {"profilePicture", picture(site.config)},
                             {"displayName", "Anonymous"}});
  }
  json document{{"type", "known"},
                {"profilePicture", picture(site.config)},
                {"displayName", user->display_name}};
  if (site.config.release.deployment == Deployment::cloud) {
    document["accountId"] = account_id(*user);
    document["accountType"] = "atlassian";
    document["email"] = user->email;
  } else {
    document["username"] = user->name;
    document["userKey"] = account_id(*user);
  }
  return json_answer(200, document);
}

http::Response bamboo_user(const User* user) {
  if (user == nullptr) return not_logged_in();
  return json_answer(
      200, {{"name", user->name}, {"fullName", user->display_name}, {"email", user->email}});
}

}  // namespace applink::sandbox
