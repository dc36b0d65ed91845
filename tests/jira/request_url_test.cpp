#include "applink/jira/request_url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/links.h"

namespace applink::jira {
namespace {

using test::generic_link;
using test::jira_link;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view base = "https://jira.example.com/jira";

std::string text_of(std::string_view typed) {
  const auto made = request_url(jira_link(), typed);
  return made ? made->url.text() : made.error().message;
}

std::string under_base(std::string_view path) {
  return std::string(base) + std::string(path);
}

TEST(RequestUrl, LeavesAUrlAsItIs) {
  for (const auto* const path :
       {"/rest/api/2/search?jql=a%20%3D+b&x", "/a;b=c//d", "/%7Etest/%c3%bc", "/x?a=&&b="}) {
    EXPECT_EQ(text_of(path), under_base(path));
    EXPECT_EQ(text_of(under_base(path)), under_base(path));
  }
  EXPECT_THAT(request_url(jira_link(), "/x?a=%20").value().notes, IsEmpty());
}

TEST(RequestUrl, EscapesWhatNoUrlMayContain) {
  EXPECT_EQ(text_of("/a b/\u00fc?x=[1]&y={\"z\"}"),
            under_base("/a%20b/%C3%BC?x=%5B1%5D&y=%7B%22z%22%7D"));
  EXPECT_EQ(text_of(under_base("/a?q=\u20ac|^`<>")), under_base("/a?q=%E2%82%AC%7C%5E%60%3C%3E"));
}

TEST(RequestUrl, SaysWhatItEscapedOnceEach) {
  EXPECT_THAT(request_url(jira_link(), "/a b c?x=\u00fc").value().notes,
              ElementsAre("the URL was escaped: \" \" as %20, \"\u00fc\" as %C3%BC"));
  EXPECT_THAT(request_url(jira_link(), "/x?q= \"<>{}").value().notes.front(),
              HasSubstr("\"{\" as %7B and more"));
}

TEST(RequestUrl, LeavesTheBracketsOfAnAddress) {
  auto link = jira_link();
  link.base_url = "http://[::1]:8080/jira";
  EXPECT_EQ(request_url(link, "http://[::1]:8080/jira/x[1]").value().url.text(),
            "http://[::1]:8080/jira/x%5B1%5D");
}

struct Refused {
  std::string typed;
  std::string says;
  std::string hint;
};

void expect_refused(const ApplicationLink& link, const Refused& refused) {
  const auto made = request_url(link, refused.typed);
  ASSERT_FALSE(made) << refused.typed;
  EXPECT_EQ(made.error().code, ErrorCode::usage);
  EXPECT_THAT(made.error().message, HasSubstr(refused.says));
  EXPECT_THAT(made.error().hint, HasSubstr(refused.hint));
  EXPECT_FALSE(made.error().hint.empty());
}

TEST(RequestUrl, RefusesWhatCannotBeMadeRight) {
  for (const Refused& refused : {
           Refused{"/100%", "begins no escape", "%25"},
           {"/x?a=5%zz", "begins no escape", "%25"},
           {"/a\tb", "control character", "%0A"},
           {"/a\nb", "control character", "%0A"},
           {"/\xfc", "no UTF-8", "UTF-8"},
           {"/a/../b", "among its segments", "followed"},
           {"/a/%2e%2E/b", "among its segments", "followed"},
           {"/a/./b", "among its segments", "followed"},
           {"/a#b", "fragment", "%23"},
           {"/a?=b", "without a name", "=VALUE"},
           {"/a?b=c&=d", "without a name", "=VALUE"},
           {"a/b", "neither a path nor a URL", "/a/b"},
           {"https://evil.example/x", "does not belong", "alone"},
       }) {
    expect_refused(jira_link(), refused);
    if (refused.typed.front() == '/') expect_refused(generic_link(), refused);
  }
}

TEST(RequestUrl, RefusesWhatTomcatAnswersWith400) {
  for (const auto* const path : {"/a%2Fb", "/a%2fb", "/a%5Cb", "/a\\b", "/a%00"}) {
    expect_refused(jira_link(), {path, "jira's server answers", "in the query"});
    EXPECT_TRUE(request_url(generic_link(), path)) << path;
  }
  EXPECT_TRUE(request_url(jira_link(), "/a?b=c%2Fd%5C"));
  expect_refused(jira_link(), {"/a?x=" + std::string(8192, 'a'), "bytes long", "POST"});
  EXPECT_TRUE(request_url(jira_link(), "/a?x=" + std::string(8000, 'a')));
  auto underscored = jira_link();
  underscored.base_url = "https://jira_test.example.com";
  expect_refused(underscored, {"/a", "host name with \"_\"", "another name"});
}

TEST(RequestUrl, RefusesAQueryThatTheServerWouldReadOtherwise) {
  expect_refused(jira_link(), {"/a?x=%FC", "no UTF-8", "%C3%BC"});
  expect_refused(jira_link(), {"/a?x=a%C3", "no UTF-8", "%C3%BC"});
  EXPECT_TRUE(request_url(jira_link(), "/a?x=%C3%BC"));
  EXPECT_TRUE(request_url(generic_link(), "/a?x=%FC"));
}

TEST(EscapedUrl, IsTheFirstStepAlone) {
  EXPECT_EQ(escaped_url("https://h/a b"), "https://h/a%20b");
  EXPECT_FALSE(escaped_url("https://h/\xff"));
}

}  // namespace
}  // namespace applink::jira
