// The paths that Atlassian's OAuth plugin and REST interfaces have, under the base URL of a link.
#include "applink/jira/endpoints.h"

#include <fmt/format.h>

#include "applink/http/url.h"
#include "applink/oauth1/percent_encoding.h"

namespace applink::jira {
namespace {

Result<http::Url> oauth_url(const ApplicationLink& link, std::string_view servlet) {
  if (link.product == Product::generic) {
    return fail(
        ErrorCode::usage,
        fmt::format("the link {} is of a generic provider, whose dance is not known", link.name),
        "a link of jira, confluence, bitbucket or bamboo has one");
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
  return oauth_url(link, "request-token");
}

Result<http::Url> authorization_url(const ApplicationLink& link, std::string_view token) {
  //= rfc5849#2.2
  //# The client constructs a request URI by adding the following REQUIRED query parameter to the
  //# Resource Owner Authorization endpoint URI: oauth_token The temporary credentials identifier
  //# obtained in Section 2.1 in the "oauth_token" parameter.
  return oauth_url(link, "authorize?oauth_token=" + oauth1::percent_encode(token));
}

Result<http::Url> token_credentials_url(const ApplicationLink& link) {
  return oauth_url(link, "access-token");
}

Result<http::Url> current_user_url(const ApplicationLink& link) {
  const auto path = current_user_path(link.product);
  if (!path.empty()) return http::Url::parse(link.base_url + std::string(path));
  return fail(ErrorCode::usage,
              fmt::format("the link {} is of a generic provider: nothing there is known to say who "
                          "is logged in",
                          link.name));
}

Result<http::Url> server_info_url(const ApplicationLink& link) {
  if (link.product == Product::jira) {
    return http::Url::parse(link.base_url + "/rest/api/2/serverInfo");
  }
  return fail(ErrorCode::usage,
              fmt::format("the link {} is not of a Jira: it has no serverInfo", link.name));
}

std::string tokens_page(const ApplicationLink& link) {
  const bool is_confluence = link.product == Product::confluence;
  return link.base_url + (is_confluence ? "/users/revokeoauthtokens.action"
                                        : "/plugins/servlet/oauth/users/access-tokens");
}

}  // namespace applink::jira
