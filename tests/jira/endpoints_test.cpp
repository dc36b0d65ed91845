#include "applink/jira/endpoints.h"

#include <gtest/gtest.h>

#include "support/links.h"

namespace applink::jira {
namespace {

using test::jira_link;

ApplicationLink link_of(Product product) {
  auto link = jira_link();
  link.product = product;
  return link;
}

TEST(Endpoints, AreUnderTheContextPath) {
  const auto link = jira_link();
  EXPECT_EQ(temporary_credentials_url(link).value().text(),
            "https://jira.example.com/jira/plugins/servlet/oauth/request-token");
  EXPECT_EQ(authorization_url(link, "a b&c").value().text(),
            "https://jira.example.com/jira/plugins/servlet/oauth/authorize?oauth_token=a%20b%26c");
  EXPECT_EQ(token_credentials_url(link).value().text(),
            "https://jira.example.com/jira/plugins/servlet/oauth/access-token");
  EXPECT_EQ(server_info_url(link).value().text(),
            "https://jira.example.com/jira/rest/api/2/serverInfo");
  EXPECT_EQ(tokens_page(link),
            "https://jira.example.com/jira/plugins/servlet/oauth/users/access-tokens");
}

TEST(Endpoints, DifferByProduct) {
  const auto path = [](Product product) {
    return current_user_url(link_of(product)).value().text().substr(29);
  };
  EXPECT_EQ(path(Product::jira), "/rest/api/2/myself");
  EXPECT_EQ(path(Product::confluence), "/rest/api/user/current");
  EXPECT_EQ(path(Product::bitbucket), "/plugins/servlet/applinks/whoami");
  EXPECT_EQ(path(Product::bamboo), "/rest/api/latest/currentUser");
  EXPECT_EQ(tokens_page(link_of(Product::confluence)),
            "https://jira.example.com/jira/users/revokeoauthtokens.action");
}

TEST(Endpoints, OfAGenericProviderAreNotKnown) {
  const auto link = link_of(Product::generic);
  EXPECT_EQ(temporary_credentials_url(link).error().code, ErrorCode::usage);
  EXPECT_EQ(authorization_url(link, "t").error().code, ErrorCode::usage);
  EXPECT_EQ(token_credentials_url(link).error().code, ErrorCode::usage);
  EXPECT_EQ(current_user_url(link).error().code, ErrorCode::usage);
  EXPECT_EQ(server_info_url(link).error().code, ErrorCode::usage);
}

}  // namespace
}  // namespace applink::jira
