#include "applink/signing/request_signer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/signed_requests.h"

namespace applink::signing {
namespace {

using oauth1::FormBodyRule;
using test::is_signed;
using test::jira_link;
using test::protocol_parameter;
using test::TestSigner;
using test::url;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view issue = "https://jira.example.com/jira/rest/api/2/issue/TEST-1?a=b";

http::Request form_request(const char* method) {
  return {method, url(issue), {{"Content-Type", "application/x-www-form-urlencoded"}}, "c=d+e"};
}

TEST(RequestSigner, AddsAnAuthorizationHeaderAndNothingElse) {
  const TestSigner test;
  const http::Request request{"PUT", url(issue), {{"Content-Type", "application/json"}}, "[1,2]"};
  auto signed_request = test.signer.sign(request, {.token = "tok"}).value();
  EXPECT_EQ(protocol_parameter(signed_request, "oauth_consumer_key"), "hub");
  EXPECT_EQ(protocol_parameter(signed_request, "oauth_token"), "tok");
  EXPECT_EQ(protocol_parameter(signed_request, "oauth_signature_method"), "RSA-SHA1");
  EXPECT_EQ(protocol_parameter(signed_request, "oauth_timestamp"), "1196666512");
  EXPECT_EQ(protocol_parameter(signed_request, "oauth_version"), "1.0");
  EXPECT_EQ(protocol_parameter(signed_request, "oauth_callback"), "(absent)");
  EXPECT_EQ(protocol_parameter(signed_request, "oauth_verifier"), "(absent)");
  EXPECT_TRUE(is_signed(signed_request, FormBodyRule::post_only));
  signed_request.headers.remove("Authorization");
  EXPECT_EQ(signed_request, request);
}

TEST(RequestSigner, CarriesWhatEachLegNeeds) {
  const TestSigner test;
  const http::Request request{"POST", url(issue), {}, ""};
  const auto first = test.signer.sign(request, {.callback = "http://127.0.0.1:1/c?x=y"}).value();
  EXPECT_EQ(protocol_parameter(first, "oauth_callback"), "http://127.0.0.1:1/c?x=y");
  EXPECT_EQ(protocol_parameter(first, "oauth_token"), "(absent)");
  const auto third = test.signer.sign(request, {.token = "t", .verifier = "v"}).value();
  EXPECT_EQ(protocol_parameter(third, "oauth_verifier"), "v");
  const auto renewal = test.signer.sign(request, {.token = "t", .session_handle = "h"}).value();
  EXPECT_EQ(protocol_parameter(renewal, "oauth_session_handle"), "h");
  EXPECT_TRUE(is_signed(first, FormBodyRule::post_only));
  EXPECT_TRUE(is_signed(third, FormBodyRule::post_only));
  EXPECT_TRUE(is_signed(renewal, FormBodyRule::post_only));
}

TEST(RequestSigner, SendsAnEmptyTokenWhereAClientActsForItself) {
  const TestSigner test;
  const auto request = test.signer.sign({"GET", url(issue), {}, ""}, {.token = ""}).value();
  EXPECT_EQ(protocol_parameter(request, "oauth_token"), "");
  EXPECT_TRUE(is_signed(request, FormBodyRule::post_only));
}

//= rfc5849#3.3
//# The nonce value MUST be unique across all requests with the same timestamp, client credentials,
//# and token combinations.
TEST(RequestSigner, NeverUsesANonceTwice) {
  const TestSigner test;
  const http::Request request{"GET", url(issue), {}, ""};
  const auto one = test.signer.sign(request, {}).value();
  const auto two = test.signer.sign(request, {}).value();
  EXPECT_NE(protocol_parameter(one, "oauth_nonce"), protocol_parameter(two, "oauth_nonce"));
}

TEST(RequestSigner, SendsTheRealmUnsigned) {
  auto link = jira_link();
  link.realm = "Photos";
  const TestSigner test(link);
  const auto request = test.signer.sign({"GET", url(issue), {}, ""}, {}).value();
  EXPECT_THAT(std::string(*request.headers.find("Authorization")),
              StartsWith("OAuth realm=\"Photos\""));
  EXPECT_TRUE(is_signed(request, FormBodyRule::post_only));
}

TEST(RequestSigner, SignsFormBodiesAsTheProductReadsThem) {
  EXPECT_EQ(form_body_rule(jira::Product::jira), FormBodyRule::post_only);
  EXPECT_EQ(form_body_rule(jira::Product::confluence), FormBodyRule::post_only);
  EXPECT_EQ(form_body_rule(jira::Product::generic), FormBodyRule::every_method);

  const TestSigner atlassian;
  const auto post = atlassian.signer.sign(form_request("POST"), {}).value();
  EXPECT_TRUE(is_signed(post, FormBodyRule::every_method));
  const auto put = atlassian.signer.sign(form_request("PUT"), {}).value();
  EXPECT_TRUE(is_signed(put, FormBodyRule::post_only));
  EXPECT_FALSE(is_signed(put, FormBodyRule::every_method));

  auto link = jira_link();
  link.product = jira::Product::generic;
  const TestSigner generic(link);
  EXPECT_TRUE(
      is_signed(generic.signer.sign(form_request("PUT"), {}).value(), FormBodyRule::every_method));
}

TEST(RequestSigner, NeverSignsForAnotherHost) {
  const TestSigner test;
  for (const auto* const foreign :
       {"https://evil.example/jira/x", "http://jira.example.com/jira/x",
        "https://jira.example.com/other", "https://jira.example.com/jira/../admin"}) {
    const auto refused = test.signer.sign({"GET", url(foreign), {}, ""}, {.token = "tok"});
    ASSERT_FALSE(refused) << foreign;
    EXPECT_EQ(refused.error().code, ErrorCode::usage);
    EXPECT_THAT(refused.error().message, HasSubstr("does not belong to the link prod"));
  }
}

TEST(RequestSigner, RefusesASecondAuthorizationHeader) {
  const TestSigner test;
  const auto refused =
      test.signer.sign({"GET", url(issue), {{"authorization", "Basic x"}}, ""}, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::usage);
}

}  // namespace
}  // namespace applink::signing
