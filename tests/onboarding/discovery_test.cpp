// What was typed, what answers, and what is said of the difference.
#include "applink/onboarding/discovery.h"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/http/url.h"
#include "support/fixed_clock.h"

namespace applink::onboarding {
namespace {

using jira::AllowHttp;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* jira_info =
    R"({"baseUrl":"https://jira.example.com/jira","version":"9.12.4","deploymentType":"Server"})";

/// A host that answers at some URLs, with 404 at others, and not at all at other hosts.
class Host final : public http::Transport {
 public:
  void at(const std::string& url, http::Response response) { answers_[url] = std::move(response); }
  void json_at(const std::string& url, const std::string& body) { at(url, {200, {}, body}); }

  Result<http::Response> send(const http::Request& request) override {
    asked.push_back(request.url.text());
    EXPECT_FALSE(request.headers.find("Authorization"));
    if (request.url.host() != "jira.example.com" || request.url.scheme() != scheme) {
      return fail(ErrorCode::unreachable, "connection refused", "look whether it runs");
    }
    const auto found = answers_.find(request.url.text());
    return found == answers_.end() ? http::Response{404, {}, "<html>"} : found->second;
  }

  std::vector<std::string> asked;
  std::string scheme = "https";

 private:
  std::map<std::string, http::Response> answers_;
};

class Discover : public testing::Test {
 protected:
  Result<Discovery> discovered(const std::string& typed, AllowHttp allow_http = AllowHttp::no) {
    return discover(host, typed, allow_http, clock);
  }
  Host host;
  test::FixedClock clock;
};

TEST_F(Discover, WhatWasTypedRight) {
  host.json_at("https://jira.example.com/jira/rest/api/2/serverInfo", jira_info);
  const auto found = discovered("https://jira.example.com/jira");
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->base_url, "https://jira.example.com/jira");
  EXPECT_EQ(found->deployment.version, "9.12.4");
  EXPECT_THAT(found->corrections, IsEmpty());
  EXPECT_THAT(found->warnings, IsEmpty());
  EXPECT_EQ(host.asked.size(), 1U);
}

TEST_F(Discover, WhatPeopleTypeInstead) {
  host.json_at("https://jira.example.com/jira/rest/api/2/serverInfo", jira_info);
  for (const char* typed : {
           "jira.example.com/jira",
           "https://jira.example.com/jira/",
           "http://jira.example.com/jira",
           "https://jira.example.com",
           "https://jira.example.com/jira/secure/Dashboard.jspa",
           "https://jira.example.com/jira/browse/TEST-1?focusedId=3#comment",
           "http://jira.example.com",
           "https://jira.example.com/jira/rest/api/2/myself",
           "  jira.example.com  ",
       }) {
    const auto found = discovered(typed);
    ASSERT_TRUE(found) << typed << ": " << found.error().message;
    EXPECT_EQ(found->base_url, "https://jira.example.com/jira") << typed;
  }
  EXPECT_THAT(discovered("http://jira.example.com")->corrections,
              ElementsAre("the base URL is https://jira.example.com/jira, and not "
                          "http://jira.example.com"));
}

TEST_F(Discover, WhereARedirectLeads) {
  host.at("https://jira.example.com/rest/api/2/serverInfo",
          {302, {{"Location", "https://jira.example.com/tracker/rest/api/2/serverInfo"}}, ""});
  host.json_at("https://jira.example.com/tracker/rest/api/2/serverInfo",
               R"({"baseUrl":"https://jira.example.com/tracker","version":"8.5.1"})");
  EXPECT_EQ(discovered("https://jira.example.com")->base_url, "https://jira.example.com/tracker");
}

TEST_F(Discover, NoOtherHost) {
  host.at("https://jira.example.com/rest/api/2/serverInfo",
          {302, {{"Location", "https://evil.example.net/rest/api/2/serverInfo"}}, ""});
  EXPECT_FALSE(discovered("https://jira.example.com"));
  for (const std::string& asked : host.asked) EXPECT_THAT(asked, Not(HasSubstr("evil")));
}

TEST_F(Discover, ASisterOfJira) {
  host.json_at("https://jira.example.com/rest/applinks/1.0/manifest",
               R"({"typeId":"stash","version":"8.9.0","url":"https://jira.example.com"})");
  const auto found = discovered("https://jira.example.com");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->deployment.product, jira::Product::bitbucket);
  EXPECT_EQ(found->deployment.version, "8.9.0");
}

TEST_F(Discover, TheCloud) {
  host.json_at(
      "https://jira.example.com/rest/api/2/serverInfo",
      R"({"baseUrl":"https://jira.example.com","version":"1001.0.0-SNAPSHOT","deploymentType":"Cloud"})");
  EXPECT_EQ(discovered("https://jira.example.com")->deployment.hosting, jira::Hosting::cloud);
}

TEST_F(Discover, AnotherConfiguredAddress) {
  host.json_at("https://jira.example.com/jira/rest/api/2/serverInfo",
               R"({"baseUrl":"https://intern.example.com/jira","version":"9.12.4"})");
  const auto found = discovered("https://jira.example.com/jira");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->base_url, "https://jira.example.com/jira");
  EXPECT_THAT(found->warnings,
              ElementsAre(HasSubstr("its own address for https://intern.example.com/jira")));
}

TEST_F(Discover, AConfiguredAddressThatIsBetter) {
  host.json_at("https://jira.example.com:8443/jira/rest/api/2/serverInfo", jira_info);
  host.json_at("https://jira.example.com/jira/rest/api/2/serverInfo", jira_info);
  EXPECT_EQ(discovered("https://jira.example.com:8443/jira")->base_url,
            "https://jira.example.com/jira");
}

TEST_F(Discover, AClockThatIsWrong) {
  host.at("https://jira.example.com/jira/rest/api/2/serverInfo",
          {200, {{"Date", "Sun, 06 Nov 1994 08:49:37 GMT"}}, jira_info});
  EXPECT_THAT(discovered("https://jira.example.com/jira")->warnings,
              ElementsAre(HasSubstr("seconds ahead of that of Jira")));
}

TEST_F(Discover, PlainHttpWhereItIsAllowedAndNothingElseAnswers) {
  host.scheme = "http";
  host.json_at("http://jira.example.com/jira/rest/api/2/serverInfo",
               R"({"baseUrl":"http://jira.example.com/jira","version":"9.12.4"})");
  EXPECT_EQ(discovered("http://jira.example.com/jira", AllowHttp::yes)->base_url,
            "http://jira.example.com/jira");
  const auto refused = discovered("http://jira.example.com/jira");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unreachable);
  EXPECT_THAT(refused.error().hint, HasSubstr("--allow-http"));
}

TEST_F(Discover, NothingThatAnswersIsAskedOnce) {
  const auto refused = discovered("https://down.example.com");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unreachable);
  EXPECT_EQ(refused.error().message, "connection refused");
  EXPECT_EQ(host.asked.size(), 1U);
}

TEST_F(Discover, AServerThatIsNotWell) {
  for (const char* const path : {"", "/jira"}) {
    for (const char* const question : {"/rest/api/2/serverInfo", "/rest/applinks/1.0/manifest"}) {
      host.at(std::string("https://jira.example.com") + path + question, {503, {}, "<html>"});
    }
  }
  const auto refused = discovered("https://jira.example.com/jira");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unreachable);
  EXPECT_EQ(refused.error().message,
            "https://jira.example.com/jira/rest/api/2/serverInfo answered 503");
}

TEST_F(Discover, SomethingElse) {
  const auto refused = discovered("https://jira.example.com");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::failed);
  EXPECT_THAT(refused.error().hint, HasSubstr("--product generic"));
  EXPECT_LE(host.asked.size(), 20U);
  EXPECT_EQ(discovered("https://u:p@jira.example.com").error().code, ErrorCode::usage);
}

}  // namespace
}  // namespace applink::onboarding
