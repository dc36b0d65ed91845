// Base strings side by side: every way in which a server may have read a request differently.
#include "applink/oauth1/base_string_diff.h"

#include <gmock/gmock.h>

#include "applink/oauth1/signature_base_string.h"

namespace applink::oauth1 {
namespace {

using Kind = BaseStringDifference::Kind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const Parameters parameters{{"expand", "a b"}, {"oauth_nonce", "n"}, {"oauth_token", "secret"}};

std::string base_string(std::string_view url, const Parameters& of = parameters,
                        std::string_view method = "GET") {
  return signature_base_string(method, http::Url::parse(url).value(), of);
}

constexpr std::string_view usual = "https://jira.example.com/jira/rest/api";

std::vector<BaseStringDifference> differences_to(const std::string& theirs) {
  return base_string_differences(base_string(usual), theirs);
}

TEST(BaseStringDiff, FindsNoneBetweenEqualOnes) {
  EXPECT_THAT(differences_to(base_string(usual)), IsEmpty());
}

TEST(BaseStringDiff, NamesTheMethod) {
  EXPECT_THAT(differences_to(base_string(usual, parameters, "POST")),
              ElementsAre(BaseStringDifference{Kind::method, "", "GET", "POST"}));
}

TEST(BaseStringDiff, NamesTheSchemeAlone) {
  EXPECT_THAT(differences_to(base_string("http://jira.example.com/jira/rest/api")),
              ElementsAre(BaseStringDifference{Kind::scheme, "", "https", "http"}));
}

TEST(BaseStringDiff, NamesHostAndPort) {
  EXPECT_THAT(
      differences_to(base_string("https://jira.internal/jira/rest/api")),
      ElementsAre(BaseStringDifference{Kind::host, "", "jira.example.com", "jira.internal"}));
  EXPECT_THAT(differences_to(base_string("https://jira.example.com:8443/jira/rest/api")),
              ElementsAre(BaseStringDifference{Kind::port, "", "443", "8443"}));
  EXPECT_THAT(differences_to(base_string("http://jira.internal:8080/jira/rest/api")),
              ElementsAre(BaseStringDifference{Kind::scheme, "", "https", "http"},
                          BaseStringDifference{Kind::host, "", "jira.example.com", "jira.internal"},
                          BaseStringDifference{Kind::port, "", "443", "8080"}));
}

TEST(BaseStringDiff, NamesTheContextPath) {
  EXPECT_THAT(differences_to(base_string("https://jira.example.com/rest/api")),
              ElementsAre(BaseStringDifference{Kind::context_path, "", "/jira", ""}));
  EXPECT_THAT(differences_to(base_string("https://jira.example.com/a/jira/rest/api")),
              ElementsAre(BaseStringDifference{Kind::context_path, "", "", "/a"}));
  EXPECT_THAT(differences_to(base_string("https://jira.example.com/internal/rest/api")),
              ElementsAre(BaseStringDifference{Kind::context_path, "", "/jira", "/internal"}));
}

TEST(BaseStringDiff, NamesThePathThatIsAnotherToItsEnd) {
  EXPECT_THAT(
      differences_to(base_string("https://jira.example.com/jira/rest/other")),
      ElementsAre(BaseStringDifference{Kind::path, "", "/jira/rest/api", "/jira/rest/other"}));
  EXPECT_THAT(
      differences_to(base_string("https://jira.example.com/jira/rest/api/")),
      ElementsAre(BaseStringDifference{Kind::path, "", "/jira/rest/api", "/jira/rest/api/"}));
}

TEST(BaseStringDiff, SeesAPathThatWasEncodedTwice) {
  EXPECT_THAT(
      base_string_differences(base_string("http://h/a%20b/c"), base_string("http://h/a%2520b/c")),
      ElementsAre(BaseStringDifference{Kind::double_encoded, "", "/a%20b/c", "/a%2520b/c"}));
}

TEST(BaseStringDiff, NamesTheParameterThatIsMissingAddedOrChanged) {
  EXPECT_THAT(differences_to(base_string(usual, {{"oauth_nonce", "n"}, {"oauth_token", "secret"}})),
              ElementsAre(BaseStringDifference{Kind::parameter_missing, "expand", "a b", ""}));
  EXPECT_THAT(
      differences_to(base_string(
          usual,
          {{"expand", "a b"}, {"oauth_nonce", "n"}, {"oauth_token", "secret"}, {"utm", "1"}})),
      ElementsAre(BaseStringDifference{Kind::parameter_added, "utm", "", "1"}));
  EXPECT_THAT(differences_to(base_string(
                  usual, {{"expand", "a+b"}, {"oauth_nonce", "n"}, {"oauth_token", "secret"}})),
              ElementsAre(BaseStringDifference{Kind::parameter_changed, "expand", "a b", "a+b"}));
}

TEST(BaseStringDiff, CountsRepeatedParameters) {
  EXPECT_THAT(base_string_differences(base_string("http://h/", {{"a", "1"}, {"a", "1"}}),
                                      base_string("http://h/", {{"a", "1"}})),
              ElementsAre(BaseStringDifference{Kind::parameter_missing, "a", "1", ""}));
}

TEST(BaseStringDiff, SeesAParameterThatWasEncodedTwice) {
  EXPECT_THAT(differences_to(base_string(
                  usual, {{"expand", "a%20b"}, {"oauth_nonce", "n"}, {"oauth_token", "secret"}})),
              ElementsAre(BaseStringDifference{Kind::double_encoded, "expand", "a b", "a%20b"}));
}

TEST(BaseStringDiff, SeesAnotherOrder) {
  EXPECT_THAT(base_string_differences("GET&http%3A%2F%2Fh%2F&a%3D1%26b%3D2",
                                      "GET&http%3A%2F%2Fh%2F&b%3D2%26a%3D1"),
              ElementsAre(BaseStringDifference{Kind::parameter_order}));
}

TEST(BaseStringDiff, LeavesTheValuesOfProtocolParametersOut) {
  const auto found = differences_to(
      base_string(usual, {{"expand", "a b"}, {"oauth_nonce", "n"}, {"oauth_token", "other"}}));
  EXPECT_THAT(found, ElementsAre(BaseStringDifference{Kind::parameter_changed, "oauth_token"}));
  EXPECT_EQ(in_words(found.front()), "it saw another value of the parameter oauth_token");
}

TEST(BaseStringDiff, SaysWhenTheOtherOneIsNone) {
  for (const auto* theirs : {"", "GET", "GET&", "GET&http", "GET&nonsense&", "GET&%zz&a",
                             "GET&http%3A%2F%2Fh%2F&%zz", "GET&http%3A%2F%2Fh%2F&a%3D%25zz"}) {
    EXPECT_THAT(differences_to(theirs), ElementsAre(BaseStringDifference{Kind::unreadable}))
        << theirs;
  }
}

TEST(BaseStringDiff, SaysItInWords) {
  const auto words = [](const BaseStringDifference& difference) { return in_words(difference); };
  EXPECT_EQ(words({Kind::unreadable}), "what it signed is no signature base string");
  EXPECT_EQ(words({Kind::method, "", "GET", "POST"}), "it saw the method POST instead of GET");
  EXPECT_EQ(words({Kind::scheme, "", "https", "http"}), "it saw the scheme http instead of https");
  EXPECT_EQ(words({Kind::host, "", "a", "b"}), "it saw the host b instead of a");
  EXPECT_EQ(words({Kind::port, "", "443", "80"}), "it saw the port 80 instead of 443");
  EXPECT_EQ(words({Kind::path, "", "/a", "/b"}), "it saw the path \"/b\" instead of \"/a\"");
  EXPECT_EQ(words({Kind::context_path, "", "/jira", ""}),
            "it saw the context path none instead of \"/jira\"");
  EXPECT_EQ(words({Kind::parameter_missing, "x", "1", ""}), "it did not see the parameter x");
  EXPECT_EQ(words({Kind::parameter_added, "x", "", "1"}),
            "it saw a parameter x that was never sent");
  EXPECT_EQ(words({Kind::parameter_changed, "x", "1", "2"}),
            "it saw another value of the parameter x: \"2\" instead of \"1\"");
  EXPECT_EQ(words({Kind::double_encoded, "x", "a b", "a%20b"}),
            "it encoded the parameter x once more: \"a%20b\" instead of \"a b\"");
  EXPECT_EQ(words({Kind::double_encoded, "", "/a%20", "/a%2520"}),
            "it encoded the path once more: \"/a%2520\"");
  EXPECT_EQ(words({Kind::parameter_order}), "it saw the same parameters in another order");
}

TEST(BaseStringOf, ReadsASignedRequestFromEveryPlace) {
  http::Request request{"POST", http::Url::parse("https://h/p?a=1&oauth_nonce=n").value(), {}, ""};
  request.headers.add("Authorization", "OAuth realm=\"r\", oauth_token=\"t%26\"");
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.body = "b=2&oauth_signature=s";
  const Parameters expected{{"a", "1"}, {"b", "2"}, {"oauth_nonce", "n"}, {"oauth_token", "t&"}};
  EXPECT_EQ(base_string_of(request, FormBodyRule::every_method).value(),
            signature_base_string("POST", request.url, expected));
  request.headers.add("Authorization", "OAuth nonsense");
  EXPECT_FALSE(base_string_of(request, FormBodyRule::every_method));
}

TEST(BaseStringDiff, NeverSaysATokenInWords) {
  for (const auto& theirs :
       {base_string(usual, {}), base_string(usual, {{"oauth_token", "other"}}),
        base_string("http://x/", {{"oauth_token", "secret"}, {"oauth_token", "second"}})}) {
    for (const auto& difference : differences_to(theirs)) {
      EXPECT_THAT(in_words(difference), Not(HasSubstr("secret")));
      EXPECT_THAT(in_words(difference), Not(HasSubstr("second")));
    }
  }
}

}  // namespace
}  // namespace applink::oauth1
