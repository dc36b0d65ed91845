// The paths that Atlassian's OAuth plugin and REST interfaces have, under the base URL of a link.
#include "applink/jira/endpoints.h"

#include <fmt/format.h>

#include "applink/http/url.h"
#include "oauth1/query_placement.h"

namespace applink::jira {
namespace {

/// Atlassian's servlet, or what a generic link says in its place.
Result<http::Url> oauth_url(const ApplicationLink& link, std::string_view servlet,
                            std::string ProviderEndpoints::*own) {
  if (link.endpoints) return http::Url::parse(*link.endpoints.*own);
  if (link.product == Product::generic) {
    return fail(
        ErrorCode::usage,
        fmt::format("the link {} is of a generic provider, whose dance is not known", link.name),
        fmt::format("applink link set {} --request-token-url URL --authorize-url URL "
                    "--access-token-url URL",
                    link.name));
  }
  return http::Url::parse(fmt::format("{}/plugins/servlet/oauth/{}", link.base_url, servlet));
}

std::string_view current_user_path(Product product) {
  switch (product) {
    case Product::jira:
      return "/rest/api/2/myself";
    case Product::confluence:
      return "/rest/api/user/current";
    case Product::bitbucket:
      return "/plugins/servlet/applinks/whoami";
    case Product::bamboo:
      return "/rest/api/latest/currentUser";
    case Product::generic:
      break;
  }
  return {};
}

}  // namespace

Result<http::Url> temporary_credentials_url(const ApplicationLink& link) {
  return oauth_url(link, "request-token", &ProviderEndpoints::temporary_credentials);
}

//= rfc5849#2.2
//# The client constructs a request URI by adding the following REQUIRED query parameter to the
//# Resource Owner Authorization endpoint URI: oauth_token The temporary credentials identifier
//# obtained in Section 2.1 in the "oauth_token" parameter.
Result<http::Url> authorization_url(const ApplicationLink& link, std::string_view token,
                                    std::optional<std::string_view> callback) {
  TRY_ASSIGN(const auto page, oauth_url(link, "authorize", &ProviderEndpoints::authorization));
  oauth1::Parameters parameters{{"oauth_token", std::string(token)}};
  if (callback) parameters.push_back({"oauth_callback", std::string(*callback)});
  return oauth1::with_query_parameters(page, parameters);
}

Result<http::Url> token_credentials_url(const ApplicationLink& link) {
  return oauth_url(link, "access-token", &ProviderEndpoints::token_credentials);
}

bool says_who_is_logged_in(const ApplicationLink& link) {
  return link.product != Product::generic || !link.identity_url.empty();
}

Result<http::Url> current_user_url(const ApplicationLink& link) {
  if (link.product != Product::generic) {
    return http::Url::parse(link.base_url + std::string(current_user_path(link.product)));
  }
  if (!link.identity_url.empty()) return http::Url::parse(link.identity_url);
  return fail(ErrorCode::usage,
              fmt::format("the link {} is of a generic provider: nothing there is known to say who "
                          "is logged in",
                          link.name),
              fmt::format("applink link set {} --identity-url URL", link.name));
}

Result<http::Url> server_info_url(const ApplicationLink& link) {
  if (link.product == Product::jira) {
    return http::Url::parse(link.base_url + "/rest/api/2/serverInfo");
  }
  return fail(ErrorCode::usage,
              fmt::format("the link {} is not of a Jira: it has no serverInfo", link.name),
              fmt::format("of what product it is: applink link show {}", link.name));
}

std::string tokens_page(const ApplicationLink& link) {
  if (link.product == Product::generic) return link.base_url;
  const bool is_confluence = link.product == Product::confluence;
  return link.base_url + (is_confluence ? "/users/revokeoauthtokens.action"
                                        : "/plugins/servlet/oauth/users/access-tokens");
}

}  // namespace applink::jira
