// Requests to /rest/applinks and /rest/applinks-oauth.
#include "applink/jira/admin_rest.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "applink/base/encoding.h"
#include "applink/base/text.h"
#include "applink/base/utf8.h"
#include "applink/http/url.h"

namespace applink::jira {
namespace {

using nlohmann::json;

Result<http::Request> request(std::string method, const ApplicationLink& link,
                              const std::string& path) {
  TRY_ASSIGN(auto url, http::Url::parse(link.base_url + path));
  // XML is the usual answer, and a program is no page of somebody else's.
  return http::Request{std::move(method),
                       std::move(url),
                       {{"Accept", "application/json"}, {"X-Atlassian-Token", "no-check"}},
                       {}};
}

Result<http::Request> with_json(Result<http::Request> request, const json& document) {
  if (!request) return request;
  request->headers.add("Content-Type", "application/json");
  request->body = document.dump(-1, ' ', false, json::error_handler_t::replace);
  return request;
}

/// An id came from the product: nothing in it may lead elsewhere.
Result<std::string> checked_id(std::string_view id) {
  const bool good = !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
  if (good) return std::string(id);
  return fail(ErrorCode::failed,
              fmt::format("the id of the application link is none: {}", terminal_safe(id)),
              "make the link by the screens instead");
}

constexpr std::string_view links_path = "/rest/applinks/3.0/applicationlink";

Result<std::string> consumer_path(std::string_view id) {
  TRY_ASSIGN(const auto checked, checked_id(id));
  return fmt::format("/rest/applinks-oauth/1.0/applicationlink/{}/authentication/consumer",
                     checked);
}

bool is_token68(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("-._~+/=").find(c) != std::string_view::npos;
  });
}

std::string without_armour(std::string_view key) {
  std::string bare;
  while (!key.empty()) {
    const std::size_t end = std::min(key.find('\n'), key.size());
    const std::string_view line = trim_ascii(key.substr(0, end));
    if (!line.starts_with("-----")) bare += line;
    key.remove_prefix(std::min(end + 1, key.size()));
  }
  return bare;
}

}  // namespace

Result<AdminCredentials> admin_by_password(std::string_view user, const Secret& password) {
  if (user.empty() || user.find(':') != std::string_view::npos || !is_utf8(user)) {
    return fail(ErrorCode::usage, "that is no name of an administrator",
                "give the name that stands on the login page, for example --admin-user admin");
  }
  const Secret pair(fmt::format("{}:{}", user, password.reveal()));
  return AdminCredentials{Secret("Basic " + base64_encode(pair.reveal()))};
}

Result<AdminCredentials> admin_by_token(const Secret& token) {
  if (!is_token68(token.reveal())) {
    return fail(ErrorCode::usage, "that is no personal access token",
                "copy it again from the user's profile > Personal Access Tokens, one line alone");
  }
  return AdminCredentials{Secret(fmt::format("Bearer {}", token.reveal()))};
}

Result<http::Request> list_links(const ApplicationLink& link) {
  return request("GET", link, std::string(links_path));
}

Result<http::Request> create_link(const ApplicationLink& link, const IncomingConsumer& consumer) {
  return with_json(request("PUT", link, std::string(links_path)),
                   {{"name", consumer.application_name},
                    {"rpcUrl", consumer.application_url},
                    {"displayUrl", consumer.application_url},
                    {"typeId", "generic"}});
}

Result<http::Request> delete_link(const ApplicationLink& link, std::string_view id) {
  TRY_ASSIGN(const auto checked, checked_id(id));
  return request("DELETE", link, fmt::format("{}/{}", links_path, checked));
}

Result<http::Request> get_consumer(const ApplicationLink& link, std::string_view id) {
  TRY_ASSIGN(const auto path, consumer_path(id));
  return request("GET", link, path);
}

Result<http::Request> put_consumer(const ApplicationLink& link, std::string_view id,
                                   const IncomingConsumer& consumer,
                                   const std::optional<RemoteConsumer>& before) {
  TRY_ASSIGN(const auto path, consumer_path(id));
  const bool has_callback = before && !before->callback.empty();
  return with_json(request("PUT", link, path),
                   {{"key", consumer.consumer_key},
                    {"name", consumer.consumer_name},
                    {"description", before ? before->description : std::string()},
                    {"publicKey", consumer.public_key},
                    {"callback", has_callback ? json(before->callback) : json()},
                    {"outgoing", false},
                    {"sharedSecret", nullptr},
                    {"twoLOAllowed", link.two_legged == TwoLegged::yes},
                    {"executingTwoLOUser", nullptr},
                    {"twoLOImpersonationAllowed", false}});
}

http::Request with_credentials(http::Request request, const AdminCredentials& credentials) {
  request.headers.add("Authorization", std::string(credentials.authorization.reveal()));
  return request;
}

bool same_public_key(std::string_view one, std::string_view other) {
  const std::string bare = without_armour(one);
  return !bare.empty() && bare == without_armour(other);
}

}  // namespace applink::jira
