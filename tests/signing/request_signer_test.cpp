#include "applink/signing/request_signer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/signed_requests.h"

namespace applink::signing {
namespace {

using oauth1::FormBodyRule;
using oauth1::SignatureMethod;
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

TEST(RequestSigner, TakesTheChoicesOfARequest) {
  auto link = jira_link();
  link.realm = "Photos";
  const TestSigner test(link);
  const SigningChoices choices{.nonce = "once",
                               .timestamp = Timestamp(std::chrono::seconds(7)),
                               .realm = "Films",
                               .version = oauth1::VersionParameter::omitted};
  const auto request = test.signer.sign({"GET", url(issue), {}, ""}, {}, choices).value();
  EXPECT_EQ(protocol_parameter(request, "oauth_nonce"), "once");
  EXPECT_EQ(protocol_parameter(request, "oauth_timestamp"), "7");
  EXPECT_EQ(protocol_parameter(request, "oauth_version"), "(absent)");
  EXPECT_THAT(std::string(*request.headers.find("Authorization")),
              StartsWith("OAuth realm=\"Films\""));
  EXPECT_TRUE(is_signed(request, FormBodyRule::post_only));
}

TEST(RequestSigner, PlacesTheSignatureWhereItIsToldOrNowhere) {
  const TestSigner test;
  const SigningChoices body{.placement = oauth1::Placement::body};
  const auto form = test.signer.sign(form_request("POST"), {}, body).value();
  EXPECT_THAT(form.body, StartsWith("c=d+e&oauth_consumer_key=hub"));
  const http::Request json{"PUT", url(issue), {{"Content-Type", "application/json"}}, "{}"};
  const auto refused = test.signer.sign(json, {}, body);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("the body is no form"));
}

TEST(RequestSigner, GivesTheSignatureWithWhatLedToIt) {
  const TestSigner test;
  const http::Request request{"GET", url(issue), {}, ""};
  const auto signature = test.signer.signature(request, {.token = "tok"}).value();
  EXPECT_THAT(signature.base_string, StartsWith("GET&https%3A%2F%2Fjira.example.com%2Fjira%2F"));
  const auto placed = test.signer.placed(request, signature).value();
  EXPECT_EQ(protocol_parameter(placed, "oauth_signature"), signature.value);
  EXPECT_TRUE(is_signed(placed, FormBodyRule::post_only));
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

TEST(RequestSigner, RefusesAFormThatTheProductWouldReadOtherwise) {
  auto request = form_request("POST");
  request.body = "c=%FC";
  const auto refused = TestSigner().signer.sign(request, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::usage);
  EXPECT_THAT(refused.error().message, HasSubstr("no UTF-8"));
  EXPECT_THAT(refused.error().hint, HasSubstr("%C3%BC"));
  request.method = "PUT";
  EXPECT_TRUE(TestSigner().signer.sign(request, {}));
  request.method = "POST";
  auto generic = jira_link();
  generic.product = jira::Product::generic;
  EXPECT_TRUE(TestSigner(generic).signer.sign(request, {}));
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

constexpr std::string_view photos = "https://photos.example.net/api/photos?file=vacation.jpg";

std::string base_string_of(const http::Request& request, const oauth1::Parameters& protocol) {
  const auto parameters =
      oauth1::request_parameters(request, protocol, FormBodyRule::every_method).value();
  return oauth1::signature_base_string(request.method, request.url, parameters);
}

TEST(RequestSigner, SignsWithBothSecretsWhereTheLinkHasOne) {
  const Secret client("kd94hf93k423kf44");
  const Secret token("pfkkdhi9sl3r4s00");
  for (const auto method :
       {SignatureMethod::hmac_sha1, SignatureMethod::hmac_sha256, SignatureMethod::hmac_sha512}) {
    const TestSigner test(test::secret_link(method), client.copy());
    const auto signature_of = [&](const Secret& token_secret) {
      const auto request = test.signer
                               .sign({"GET", url(photos), {}, ""},
                                     {.token = "t", .token_secret = token_secret.copy()})
                               .value();
      const auto protocol = test::protocol_parameters(request);
      EXPECT_EQ(oauth1::find(protocol, "oauth_signature_method"), oauth1::to_string(method));
      return std::pair(base_string_of({"GET", url(photos), {}, ""}, protocol),
                       std::string(*oauth1::find(protocol, "oauth_signature")));
    };
    const auto [base_string, signature] = signature_of(token);
    EXPECT_TRUE(oauth1::HmacVerifier(method, client, token).verify(base_string, signature));
    EXPECT_FALSE(oauth1::HmacVerifier(method, client, Secret()).verify(base_string, signature));
    const auto [first_leg, without_token] = signature_of(Secret());
    EXPECT_TRUE(oauth1::HmacVerifier(method, client, Secret()).verify(first_leg, without_token));
  }
}

TEST(RequestSigner, SendsTheSecretsInPlaintextOverHttpsAlone) {
  auto link = test::secret_link(SignatureMethod::plaintext);
  const TestSigner test(link, Secret("kd94hf93k423kf44"));
  const auto request = test.signer
                           .sign({"GET", url(photos), {}, ""},
                                 {.token = "t", .token_secret = Secret("pfkkdhi9sl3r4s00")})
                           .value();
  EXPECT_EQ(protocol_parameter(request, "oauth_signature"), "kd94hf93k423kf44&pfkkdhi9sl3r4s00");

  link.base_url = "http://photos.example.net/api";
  const TestSigner plain(link, Secret("kd94hf93k423kf44"));
  const auto refused =
      plain.signer.sign({"GET", url("http://photos.example.net/api/x"), {}, ""}, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::usage);
  EXPECT_THAT(refused.error().message, HasSubstr("not https"));
}

TEST(RequestSigner, SignsWithTheHashThatTheLinkNames) {
  auto link = test::generic_link();
  link.signature_method = SignatureMethod::rsa_sha256;
  const TestSigner test(link);
  const auto request = test.signer.sign({"GET", url(photos), {}, ""}, {}).value();
  const auto protocol = test::protocol_parameters(request);
  const auto key = test::private_key().public_key();
  const auto base_string = base_string_of({"GET", url(photos), {}, ""}, protocol);
  const auto signature = *oauth1::find(protocol, "oauth_signature");
  EXPECT_TRUE(oauth1::RsaVerifier(key, SignatureMethod::rsa_sha256).verify(base_string, signature));
  EXPECT_FALSE(oauth1::RsaVerifier(key, SignatureMethod::rsa_sha1).verify(base_string, signature));
}

TEST(RequestSigner, SignsAtTheEndpointsOfAProviderAndNowhereElseOnTheirHost) {
  auto link = test::generic_link();
  link.endpoints->token_credentials = "https://login.example.net/token";
  const TestSigner test(link);
  const auto signs = [&](std::string_view text) {
    return test.signer.sign({"POST", url(text), {}, ""}, {}).has_value();
  };
  EXPECT_TRUE(signs("https://photos.example.net/initiate"));
  EXPECT_TRUE(signs("https://login.example.net/token"));
  EXPECT_FALSE(signs("https://login.example.net/token/"));
  EXPECT_FALSE(signs("https://login.example.net/"));
  EXPECT_FALSE(signs("https://photos.example.net/authorize"));
}

TEST(RequestSigner, PutsTheSignatureWhereTheLinkSays) {
  auto link = test::generic_link();
  link.placement = oauth1::Placement::query;
  const TestSigner in_query(link);
  const auto queried = in_query.signer.sign({"GET", url(photos), {}, ""}, {.token = "t"}).value();
  EXPECT_THAT(queried.url.text(), StartsWith(std::string(photos) + "&oauth_consumer_key=hub&"));
  EXPECT_FALSE(queried.headers.find("Authorization"));

  link.placement = oauth1::Placement::body;
  const TestSigner in_body(link);
  for (const auto* const method : {"POST", "PUT"}) {
    auto request = form_request(method);
    request.url = url(photos);
    const auto posted = in_body.signer.sign(request, {.token = "t"}).value();
    EXPECT_THAT(posted.body, StartsWith("c=d+e&oauth_consumer_key=hub&"));
    EXPECT_FALSE(posted.headers.find("Authorization"));
  }
  const auto leg = in_body.signer.sign({"POST", url(photos), {}, ""}, {.callback = "oob"}).value();
  EXPECT_THAT(leg.body, StartsWith("oauth_consumer_key=hub&"));
  EXPECT_EQ(leg.headers.find("Content-Type"), "application/x-www-form-urlencoded");
}

TEST(RequestSigner, PutsItIntoTheHeaderWhereNoFormIsInTheBody) {
  const http::Headers json{{"Content-Type", "application/json"}};
  auto link = test::generic_link();
  link.placement = oauth1::Placement::body;
  const TestSigner generic(link);
  for (const auto& request :
       {http::Request{"GET", url(photos), {}, ""}, http::Request{"POST", url(photos), json, "{}"},
        http::Request{"DELETE", url(photos), {}, ""}}) {
    EXPECT_TRUE(generic.signer.sign(request, {}).value().headers.find("Authorization"));
  }
  auto atlassian = jira_link();
  atlassian.placement = oauth1::Placement::body;
  const TestSigner test(atlassian);
  EXPECT_TRUE(test.signer.sign(form_request("PUT"), {}).value().headers.find("Authorization"))
      << "Jira reads no form of a PUT";
  EXPECT_FALSE(test.signer.sign(form_request("POST"), {}).value().headers.find("Authorization"));
}

TEST(RequestSigner, SendsTheHashOfABodyThatIsNoForm) {
  auto link = jira_link();
  link.body_hash = oauth1::BodyHash::sent;
  const TestSigner test(link);
  const http::Headers json{{"Content-Type", "application/json"}};
  const auto hash_of = [&](http::Request request) {
    return protocol_parameter(test.signer.sign(std::move(request), {}).value(), "oauth_body_hash");
  };
  // The draft's own example of a body.
  EXPECT_EQ(hash_of({"PUT", url(issue), json, "Hello World!"}), "Lve95gjOVATpfV8EL5X4nxwjKHE=");
  EXPECT_EQ(hash_of(form_request("POST")), "(absent)");
}

}  // namespace
}  // namespace applink::signing
