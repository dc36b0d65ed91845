#include "applink/jira/provider_objections.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/http/url.h"

namespace applink::jira {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

oauth1::Parameters usual(const std::string& method = "RSA-SHA1") {
  return {{"oauth_consumer_key", "hub"}, {"oauth_token", "T"}, {"oauth_signature_method", method}};
}

std::vector<std::string> names(const std::string& method, const std::string& url,
                               const oauth1::Parameters& parameters = usual(),
                               const http::Headers& headers = {}, const std::string& body = "") {
  std::vector<std::string> found;
  for (const auto& [name, words] :
       provider_objections({method, http::Url::parse(url).value(), headers, body}, parameters)) {
    EXPECT_FALSE(words.empty());
    found.push_back(name);
  }
  return found;
}

const std::string resource = "https://jira.example.com/rest/api/2/myself";
const http::Headers form{{"Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"}};

TEST(ProviderObjections, AreNoneToAUsualRequest) {
  EXPECT_THAT(names("GET", resource + "?a=%2F"), IsEmpty());
  EXPECT_THAT(names("POST", resource, usual(), form, "a=b"), IsEmpty());
  EXPECT_THAT(names("PUT", resource, usual(), {{"Content-Type", "application/json"}}, "{}"),
              IsEmpty());
}

TEST(ProviderObjections, AreToWhatAtlassianAloneRefuses) {
  EXPECT_THAT(names("GET", resource, usual("RSA-SHA256")), ElementsAre("signature method"));
  EXPECT_THAT(names("PUT", resource, usual(), form, "a=b"), ElementsAre("form body"));
  EXPECT_THAT(names("GET", "https://jira.example.com/a%2fb"), ElementsAre("path"));
  EXPECT_THAT(names("GET", "https://jira.example.com/a%5Cb"), ElementsAre("path"));
  EXPECT_THAT(names("GET", "https://my_jira.example.com/"), ElementsAre("host"));
  EXPECT_THAT(names("GET", resource + "?a=" + std::string(8192, 'x')), ElementsAre("query"));
  EXPECT_THAT(names("GET", resource + "?a=" + std::string(8000, 'x')), IsEmpty());
  auto parameters = usual();
  parameters.push_back({"oauth_body_hash", "x"});
  EXPECT_THAT(names("GET", resource, parameters), ElementsAre("body hash"));
}

TEST(ProviderObjections, AreToATokenThatIsNotThere) {
  const oauth1::Parameters without{{"oauth_signature_method", "RSA-SHA1"}};
  EXPECT_THAT(names("GET", resource, without), ElementsAre("token"));
  EXPECT_THAT(names("GET", resource, {{"oauth_token", ""}}), IsEmpty()) << "two-legged";
  const std::string dance = "https://jira.example.com/jira/plugins/servlet/oauth/request-token";
  EXPECT_THAT(names("POST", dance, without), IsEmpty());
  EXPECT_THAT(names("GET", dance, without), ElementsAre("method"));
}

}  // namespace
}  // namespace applink::jira
