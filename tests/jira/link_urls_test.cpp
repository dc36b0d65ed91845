#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/jira/application_link.h"
#include "jira/redirect.h"
#include "support/links.h"

namespace applink::jira {
namespace {

using test::jira_link;
using test::url;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(BelongsTo, GoesBySchemeHostPortAndWholeSegments) {
  const auto link = jira_link();
  for (const auto* const own :
       {"https://jira.example.com/jira", "https://jira.example.com/jira/",
        "https://jira.example.com/jira/rest/api/2/myself?a=../b",
        "HTTPS://JIRA.example.COM:443/jira/x", "https://jira.example.com/jira?x=1"}) {
    EXPECT_TRUE(belongs_to(link, url(own))) << own;
  }
  for (const auto* const foreign :
       {"http://jira.example.com/jira/x", "https://jira.example.com:8443/jira/x",
        "https://jira.example.org/jira/x", "https://jira.example.com/jira2/x",
        "https://jira.example.com/", "https://jira.example.com", "https://jira.example.com/JIRA/x",
        "https://jira.example.com//jira/x", "https://jira.example.com.evil.example/jira/x"}) {
    EXPECT_FALSE(belongs_to(link, url(foreign))) << foreign;
  }
}

TEST(BelongsTo, IsFalseForDotSegmentsInAnyDress) {
  for (const auto* const path :
       {"/jira/../admin", "/jira/./x", "/jira/..", "/jira/%2e%2e/admin", "/jira/.%2E/admin",
        "/jira/x%2f..%2fadmin", "/jira/x%5C..%5cadmin", "/jira/..;/admin", "/jira/%2e%2e;a=b/x"}) {
    EXPECT_FALSE(belongs_to(jira_link(), url("https://jira.example.com" + std::string(path))))
        << path;
  }
  EXPECT_TRUE(belongs_to(jira_link(), url("https://jira.example.com/jira/a..b/.../x.")));
}

TEST(BelongsTo, TakesEveryPathWhereThereIsNoContextPath) {
  auto link = jira_link();
  link.base_url = "https://jira.example.com";
  EXPECT_TRUE(belongs_to(link, url("https://jira.example.com")));
  EXPECT_TRUE(belongs_to(link, url("https://jira.example.com/any")));
  EXPECT_FALSE(belongs_to(link, url("https://jira.example.com:444/any")));
}

std::vector<std::string> names_for(std::span<const ApplicationLink> links, std::string_view text) {
  std::vector<std::string> names;
  for (const auto& link : links_for(links, url(text))) names.push_back(link.name);
  return names;
}

TEST(LinksFor, AreThoseOfTheLongestPrefix) {
  auto root = jira_link();
  root.name = "root";
  root.base_url = "https://jira.example.com";
  auto second = jira_link();
  second.name = "second";
  const std::vector links{root, jira_link(), root, second};
  EXPECT_THAT(names_for(links, "https://jira.example.com/jira/x"), ElementsAre("prod", "second"));
  EXPECT_THAT(names_for(links, "https://jira.example.com/jiraffe"), ElementsAre("root", "root"));
  EXPECT_THAT(names_for(links, "https://other.example.com/jira/x"), IsEmpty());
}

TEST(Resolve, PutsAPathUnderTheBaseUrl) {
  EXPECT_EQ(resolve(jira_link(), "/rest/api/2/myself?a=b%20c").value().text(),
            "https://jira.example.com/jira/rest/api/2/myself?a=b%20c");
  EXPECT_EQ(resolve(jira_link(), "https://jira.example.com/jira/rest/x").value().text(),
            "https://jira.example.com/jira/rest/x");
  EXPECT_EQ(resolve(jira_link(), "//evil.example/x").value().host(), "jira.example.com");
}

TEST(Resolve, RefusesWhatIsNotTheLinks) {
  const auto link = jira_link();
  EXPECT_EQ(resolve(link, "rest/api/2/myself").error().hint,
            "a path begins with a slash: /rest/api/2/myself");
  EXPECT_EQ(resolve(link, "").error().hint, "a path is written as /rest/api/2/myself");
  const auto foreign = resolve(link, "https://evil.example/jira/x");
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().code, ErrorCode::usage);
  EXPECT_EQ(foreign.error().message,
            "https://evil.example/jira/x does not belong to the link prod, whose base URL is "
            "https://jira.example.com/jira");
  EXPECT_THAT(resolve(link, "/../secret").error().message, HasSubstr("\".\" or \"..\""));
  EXPECT_THAT(resolve(link, "/search?jql=a#b").error().hint, HasSubstr("%23"));
  for (const auto* const broken : {"/a b", "/a\nb", "/%zz", "https://", "/\xc3\xa4"}) {
    EXPECT_EQ(resolve(link, broken).error().code, ErrorCode::usage) << broken;
  }
}

TEST(BaseUrlInRedirect, IsWhatTheLocationHasInFrontOfThePathAskedFor) {
  const auto asked = url("https://jira.example.com/jira/plugins/servlet/oauth/request-token");
  const auto meant = [&](std::string_view location) {
    return base_url_in_redirect(jira_link(), asked, location);
  };
  EXPECT_EQ(meant("https://jira.example.org/plugins/servlet/oauth/request-token"),
            "https://jira.example.org");
  EXPECT_EQ(meant("/tracker/plugins/servlet/oauth/request-token?x=y"),
            "https://jira.example.com/tracker");
  EXPECT_EQ(meant("https://jira.example.com/jira/plugins/servlet/oauth/request-token"),
            std::nullopt);
  EXPECT_EQ(meant("http://jira.example.org/jira/plugins/servlet/oauth/request-token"), std::nullopt)
      << "nobody is sent from https to http";
  EXPECT_EQ(meant("https://jira.example.com/jira/login.jsp"), std::nullopt);
  EXPECT_EQ(meant("//other.example/plugins/servlet/oauth/request-token"), std::nullopt);
  EXPECT_EQ(meant(""), std::nullopt);
  EXPECT_EQ(base_url_in_redirect(jira_link(), url("https://jira.example.com/jira"),
                                 "https://jira.example.com/jira/"),
            std::nullopt);
}

}  // namespace
}  // namespace applink::jira
