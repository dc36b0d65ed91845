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

TEST(Endpoints, OfAGenericProviderAreItsOwn) {
  auto link = test::generic_link();
  EXPECT_EQ(temporary_credentials_url(link).value().text(), "https://photos.example.net/initiate");
  EXPECT_EQ(authorization_url(link, "a b&c").value().text(),
            "https://photos.example.net/authorize?oauth_token=a%20b%26c");
  EXPECT_EQ(token_credentials_url(link).value().text(), "https://photos.example.net/token");
  EXPECT_EQ(current_user_url(link).value().text(), "https://photos.example.net/api/me");
  EXPECT_TRUE(says_who_is_logged_in(link));
  EXPECT_EQ(tokens_page(link), "https://photos.example.net/api");
  link.identity_url.clear();
  EXPECT_FALSE(says_who_is_logged_in(link));
  EXPECT_TRUE(says_who_is_logged_in(jira_link()));
}

TEST(Endpoints, KeepTheQueryOfTheAuthorizePage) {
  auto link = test::generic_link();
  const auto page = [&](const char* url) {
    link.endpoints->authorization = url;
    return authorization_url(link, "t").value().text();
  };
  EXPECT_EQ(page("https://p.example/a?lang=de"), "https://p.example/a?lang=de&oauth_token=t");
  EXPECT_EQ(page("https://p.example/a?"), "https://p.example/a?oauth_token=t");
  EXPECT_EQ(page("https://p.example/a?x&"), "https://p.example/a?x&oauth_token=t");
}

TEST(Endpoints, TakeTheCallbackOfOAuth10) {
  EXPECT_EQ(authorization_url(test::generic_link(), "t", "http://127.0.0.1:1/c?x=y").value().text(),
            "https://photos.example.net/authorize?oauth_token=t&"
            "oauth_callback=http%3A%2F%2F127.0.0.1%3A1%2Fc%3Fx%3Dy");
}

TEST(Endpoints, OfAGenericProviderThatSaysNoneAreNotKnown) {
  const auto link = link_of(Product::generic);
  EXPECT_EQ(temporary_credentials_url(link).error().code, ErrorCode::usage);
  EXPECT_EQ(authorization_url(link, "t").error().code, ErrorCode::usage);
  EXPECT_EQ(token_credentials_url(link).error().code, ErrorCode::usage);
  EXPECT_EQ(current_user_url(link).error().code, ErrorCode::usage);
  EXPECT_EQ(server_info_url(link).error().code, ErrorCode::usage);
  EXPECT_NE(temporary_credentials_url(link).error().hint.find("--request-token-url"),
            std::string::npos);
  EXPECT_NE(current_user_url(link).error().hint.find("--identity-url"), std::string::npos);
}

}  // namespace
}  // namespace applink::jira
