// Links and their incoming consumers, with the faults that the products have there.
#include "sandbox/endpoints/application_link.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "applink/crypto/key_formats.h"
#include "applink/http/url.h"
#include "crypto/jira_doors.h"
#include "sandbox/interference.h"
#include "sandbox/password_authentication.h"
#include "sandbox/responses.h"
#include "sandbox/rest_answers.h"
#include "sandbox/token_changes.h"

namespace applink::sandbox {
namespace {

using nlohmann::json;

constexpr std::string_view administrators = "jira-administrators";
constexpr std::array<std::string_view, 4> link_roots{
    "/rest/applinks/1.0/applicationlink", "/rest/applinks/2.0/applicationlink",
    "/rest/applinks/3.0/applicationlink", "/rest/applinks/latest/applicationlink"};
constexpr std::array<std::string_view, 2> consumer_roots{
    "/rest/applinks-oauth/1.0/applicationlink", "/rest/applinks-oauth/latest/applicationlink"};

/// What follows one of the roots, without its slash: empty for the root itself.
template <class Roots>
std::optional<std::string_view> below(const Roots& roots, std::string_view path) {
  for (const std::string_view root : roots) {
    if (path.substr(0, root.size()) != root) continue;
    const std::string_view rest = path.substr(root.size());
    if (rest.empty() || rest == "/") return "";
    if (rest.front() == '/') return rest.substr(1);
  }
  return std::nullopt;
}

bool is_administrator(const User& user) {
  return std::find(user.groups.begin(), user.groups.end(), administrators) != user.groups.end();
}

bool changes(const Incoming& incoming) {
  return !is_get(incoming);
}

/// A browser, which other pages can make send requests.
bool looks_like_a_browser(const Incoming& incoming) {
  return incoming.request.headers.find("User-Agent").value_or("").find("Mozilla") !=
         std::string_view::npos;
}

/// Basic authentication passes WebSudo, and so does a token here; a session and a signed call do
/// not. DELETE alone needs none.
bool needs_websudo(const Incoming& incoming) {
  return incoming.request.method != "DELETE" && presented(incoming.request) == Presented::nothing;
}

std::optional<http::Response> instead_of_administration(const Incoming& incoming,
                                                        const User* user) {
  if (changes(incoming) && looks_like_a_browser(incoming) && !waives_xsrf(incoming)) {
    return text_response(403, "XSRF check failed");
  }
  if (user == nullptr) {
    return status_document(incoming, 401, "Client must be authenticated to access this resource.");
  }
  if (needs_websudo(incoming)) return websudo(incoming);
  if (is_administrator(*user)) return std::nullopt;
  return status_document(incoming, 401, "Only administrators can access this resource.");
}

http::Response created(const Incoming& incoming, std::string_view href) {
  if (!wants_json(incoming)) {
    return xml_answer(201,
                      fmt::format("<status><status-code>201</status-code><resources-created>"
                                  "<link href=\"{}\" rel=\"self\"/></resources-created></status>",
                                  href));
  }
  return json_answer(201,
                     {{"status-code", 201},
                      {"resources-created", json::array({{{"href", href}, {"rel", "self"}}})}});
}

std::string href_of(const Site& site, const ApplicationLink& link) {
  return fmt::format("{}/rest/applinks/3.0/applicationlink/{}", site.config.base_url(), link.id);
}

json link_json(const ApplicationLink& link) {
  return {{"id", link.id},          {"typeId", "generic"},
          {"name", link.name},      {"displayUrl", link.display_url},
          {"rpcUrl", link.rpc_url}, {"isPrimary", false},
          {"isSystem", false}};
}

json consumer_json(const Consumer& consumer) {
  return {{"key", consumer.key},
          {"name", consumer.name},
          {"description", consumer.description},
          {"publicKey", crypto::to_spki_base64(*consumer.public_key)},
          {"callback", consumer.callback ? json(*consumer.callback) : json()},
          {"outgoing", false},
          {"twoLOAllowed", consumer.two_legged == TwoLeggedOAuth::allowed},
          {"executingTwoLOUser", consumer.execute_as.empty() ? json() : json(consumer.execute_as)},
          {"twoLOImpersonationAllowed", consumer.impersonation == Impersonation::allowed}};
}

/// XML is what the products prefer; here it is good for telling a client that did not ask for JSON.
http::Response document(const Incoming& incoming, const json& content) {
  if (wants_json(incoming)) return json_answer(200, content);
  return xml_answer(200, fmt::format("<entity>{}</entity>", xml_text(content.dump())));
}

std::string text_of(const json& document, std::string_view field) {
  const auto found = document.find(field);
  return found != document.end() && found->is_string() ? found->get<std::string>() : "";
}

/// The body, or the answer to one that is none.
struct Body {
  json content;
  std::optional<http::Response> refusal;
};

Body body_of(const Incoming& incoming) {
  if (!is_json(incoming)) return {{}, status_document(incoming, 415, "Unsupported Media Type")};
  json content = json_body(incoming);
  if (content.is_object()) return {std::move(content), std::nullopt};
  return {{}, status_document(incoming, 400, "the body is no JSON object")};
}

http::Response create_link(Site& site, const Incoming& incoming) {
  auto [body, refusal] = body_of(incoming);
  if (refusal) return *std::move(refusal);
  const std::string name = text_of(body, "name");
  const std::string rpc_url = text_of(body, "rpcUrl");
  const std::string display_url = text_of(body, "displayUrl");
  if (name.empty() || rpc_url.empty() || display_url.empty() ||
      text_of(body, "typeId") != "generic") {
    return status_document(incoming, 400, "name, rpcUrl, displayUrl and typeId are required");
  }
  if (!http::Url::parse(rpc_url) || !http::Url::parse(display_url)) {
    return status_document(incoming, 400, "not an absolute URL");
  }
  if (site.links.find(ApplicationLinks::id_of(rpc_url)) != nullptr) {
    return status_document(incoming, 400, "An application link with this URL already exists.");
  }
  if (site.links.named(name) != nullptr) {
    return status_document(incoming, 400, "An application link with this name already exists.");
  }
  return created(incoming, href_of(site, site.links.add(name, rpc_url, display_url)));
}

http::Response all_links(Site& site, const Incoming& incoming) {
  if (incoming.request.method == "PUT") return create_link(site, incoming);
  if (!is_get(incoming)) return method_not_allowed("GET, HEAD, PUT");
  json links = json::array();
  for (const ApplicationLink& link : site.links.all()) links.push_back(link_json(link));
  return document(incoming, {{"applicationLinks", std::move(links)}});
}

http::Response update_link(Site& site, const Incoming& incoming, ApplicationLink& link) {
  auto [body, refusal] = body_of(incoming);
  if (refusal) return *std::move(refusal);
  if (text_of(body, "rpcUrl") != link.rpc_url) {
    return status_document(incoming, 400, "The RPC URL of an application link cannot be changed.");
  }
  const std::string name = text_of(body, "name");
  const ApplicationLink* other = site.links.named(name);
  if (name.empty() || (other != nullptr && other != &link)) {
    return status_document(incoming, 400, "An application link with this name already exists.");
  }
  link.name = name;
  link.display_url = text_of(body, "displayUrl");
  return status_document(incoming, 200, "Application link updated.");
}

/// The link with its consumer and all tokens of that.
http::Response delete_link(Site& site, const Incoming& incoming, const ApplicationLink& link) {
  const std::string key = link.consumer_key;
  if (!key.empty()) {
    const auto changed =
        change_tokens(site, TokenChange::revoke, {std::nullopt, std::nullopt, key});
    if (!changed) return crash_page(changed.error().message);
    std::erase_if(site.config.consumers, [&key](const Consumer& one) { return one.key == key; });
    site.keys.clear();
  }
  site.links.remove(std::string(link.id));
  return status_document(incoming, 200, "Application link deleted.");
}

http::Response one_link(Site& site, const Incoming& incoming, std::string_view id) {
  ApplicationLink* link = site.links.find(id);
  if (link == nullptr) {
    return status_document(incoming, 404, fmt::format("No application link found with id {}", id));
  }
  const std::string& method = incoming.request.method;
  if (is_get(incoming)) return document(incoming, link_json(*link));
  if (method == "POST") return update_link(site, incoming, *link);
  if (method == "DELETE") return delete_link(site, incoming, *link);
  return method_not_allowed("GET, HEAD, POST, DELETE");
}

/// Puts the consumer in the place of one of the same key, whoever's link that was.
void put(Site& site, ApplicationLink& link, Consumer consumer) {
  Consumer* old = site.config.find_consumer(consumer.key);
  if (old == nullptr) {
    link.consumer_key = consumer.key;
    site.config.consumers.push_back(std::move(consumer));
    return;
  }
  consumer.previous_key = old->public_key;
  link.consumer_key = consumer.key;
  *old = std::move(consumer);
}

/// What the body says, read as the products read it for a generic link: made anew each time, and
/// the boxes of two-legged OAuth unread.
http::Response put_consumer(Site& site, const Incoming& incoming, ApplicationLink& link) {
  auto [body, refusal] = body_of(incoming);
  if (refusal) return *std::move(refusal);
  const std::string self = incoming.request.url.text();
  if (body.value("outgoing", json(false)) == json(true)) return created(incoming, self);
  const std::string key = text_of(body, "key");
  if (key.empty()) return status_document(incoming, 400, "applinks.invalid.consumer.key");
  auto public_key = crypto::key_at_rest(text_of(body, "publicKey"));
  if (!public_key) return status_document(incoming, 400, "applinks.invalid.consumer.publickey");
  if (text_of(body, "name").empty()) return crash_page("NullPointerException: name");
  Consumer consumer{key, text_of(body, "name"), text_of(body, "description"), std::nullopt,
                    std::make_shared<const crypto::RsaPublicKey>(*std::move(public_key))};
  if (const std::string callback = text_of(body, "callback"); !callback.empty()) {
    consumer.callback = callback;
  }
  put(site, link, std::move(consumer));
  return created(incoming, self);
}

http::Response consumer_of_link(Site& site, const Incoming& incoming, std::string_view path) {
  const std::size_t slash = std::min(path.find('/'), path.size());
  ApplicationLink* link = site.links.find(path.substr(0, slash));
  const std::string_view rest = path.substr(slash);
  if (rest != "/authentication" && rest != "/authentication/consumer") {
    return no_such_resource(incoming);
  }
  if (link == nullptr) return status_document(incoming, 404, "No such application link.");
  if (incoming.request.method == "PUT" && rest == "/authentication/consumer") {
    return put_consumer(site, incoming, *link);
  }
  if (!is_get(incoming)) return method_not_allowed("GET, HEAD, PUT");
  const Consumer* consumer = site.config.find_consumer(link->consumer_key);
  if (consumer == nullptr) return status_document(incoming, 404, "No consumer found.");
  return document(incoming, {{"consumers", json::array({consumer_json(*consumer)})}});
}

}  // namespace

bool is_application_link(std::string_view path) {
  return below(link_roots, path) || below(consumer_roots, path);
}

http::Response application_link(Site& site, const Incoming& incoming, const User* user) {
  if (auto instead = instead_of_administration(incoming, user)) return *std::move(instead);
  if (const auto path = below(consumer_roots, incoming.path)) {
    return consumer_of_link(site, incoming, *path);
  }
  const auto id = below(link_roots, incoming.path);
  if (id->empty()) return all_links(site, incoming);
  return one_link(site, incoming, *id);
}

}  // namespace applink::sandbox
