#include "applink/handshake/handshake.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/http/curl_transport.h"
#include "applink/oauth1/percent_encoding.h"
#include "applink/oauth1/signature_base_string.h"
#include "support/fake_transport.h"
#include "support/loopback.h"
#include "support/signed_requests.h"

namespace applink::handshake {
namespace {

using oauth1::FormBodyRule;
using test::FakeTransport;
using test::is_signed;
using test::jira_link;
using test::protocol_parameter;
using test::TestSigner;
using testing::AllOf;
using testing::HasSubstr;

const http::Headers plain_text{{"Content-Type", "text/plain;charset=UTF-8"}};
const http::Headers form{{"Content-Type", "application/x-www-form-urlencoded;charset=UTF-8"}};

oauth1::TemporaryCredentials temporary_credentials() {
  return {"reqtoken", Secret("reqsecret")};
}

struct Dance {
  explicit Dance(http::Response answer, jira::ApplicationLink link = jira_link())
      : test(std::move(link)) {
    transport.answer(std::move(answer));
  }
  TestSigner test;
  FakeTransport transport;
  Handshake handshake{transport, test.signer};
};

//= rfc5849#2.1
//# If the client is unable to receive callbacks or a callback URI has been established via other
//# means, the parameter value MUST be set to "oob" (case sensitive)
TEST(Handshake, AsksForTemporaryCredentialsByPost) {
  Dance dance(
      {200, plain_text,
       "oauth_token=reqtoken&oauth_token_secret=req%20secret&oauth_callback_confirmed=true"});
  const auto credentials = dance.handshake.begin(oob);
  ASSERT_TRUE(credentials) << credentials.error().message;
  EXPECT_EQ(credentials->token, "reqtoken");
  EXPECT_TRUE(credentials->secret == Secret("req secret"));

  ASSERT_EQ(dance.transport.requests().size(), 1U);
  const auto& request = dance.transport.requests().front();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url.text(),
            "https://jira.example.com/jira/plugins/servlet/oauth/request-token");
  EXPECT_EQ(request.body, "");
  EXPECT_EQ(request.headers.size(), 1U) << "Authorization; the connection says the length";
  EXPECT_EQ(protocol_parameter(request, "oauth_callback"), "oob");
  EXPECT_EQ(protocol_parameter(request, "oauth_consumer_key"), "hub");
  EXPECT_EQ(protocol_parameter(request, "oauth_token"), "(absent)");
  EXPECT_TRUE(is_signed(request, FormBodyRule::post_only));
}

TEST(Handshake, PutsAnEmptyPostOnTheWire) {
  const std::string body = "oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=true";
  test::RawPeer peer("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " +
                     std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
  auto link = jira_link();
  link.base_url = peer.url("/jira");
  {
    const TestSigner test(link);
    const auto transport = http::make_curl_transport({});
    const auto credentials = Handshake(*transport, test.signer).begin(oob);
    ASSERT_TRUE(credentials) << credentials.error().message;
  }
  EXPECT_THAT(
      peer.request(),
      AllOf(testing::StartsWith("POST /jira/plugins/servlet/oauth/request-token HTTP/1.1"),
            HasSubstr("\r\nContent-Length: 0\r\n"), HasSubstr("\r\nAuthorization: OAuth oauth_"),
            testing::Not(HasSubstr("Content-Type")), testing::EndsWith("\r\n\r\n")));
}

//= rfc5849#2.1
//# The client MAY omit the empty "oauth_token" protocol parameter from the request and MUST use the
//# empty string as the token secret value.
TEST(Handshake, HasNoTokenAndAnEmptyTokenSecretAtFirst) {
  const TestSigner test(test::secret_link(oauth1::SignatureMethod::plaintext), Secret("kd94hf93"));
  FakeTransport transport;
  transport.answer(
      {200, form, "oauth_token=reqtoken&oauth_token_secret=s&oauth_callback_confirmed=true"});
  ASSERT_TRUE(Handshake(transport, test.signer).begin(oob));
  const auto& request = transport.requests().front();
  EXPECT_EQ(protocol_parameter(request, "oauth_signature"), "kd94hf93&");
  EXPECT_EQ(protocol_parameter(request, "oauth_token"), "(absent)");
}

TEST(Handshake, NamesTheParameterOfItsSignatureThatGotLost) {
  for (const auto placement : {oauth1::Placement::header, oauth1::Placement::query}) {
    auto link = jira_link();
    link.placement = placement;
    const TestSigner as_seen(link);
    const auto without_callback = as_seen.signer.sign(
        {"POST",
         test::url("https://jira.example.com/jira/plugins/servlet/oauth/request-token"),
         {},
         ""},
        {});
    ASSERT_TRUE(without_callback);
    const auto base_string = oauth1::base_string_of(*without_callback, FormBodyRule::post_only);
    Dance dance({401, form,
                 "oauth_problem=signature_invalid&oauth_signature_base_string=" +
                     oauth1::percent_encode(*base_string)},
                link);
    const auto credentials = dance.handshake.begin(oob);
    ASSERT_FALSE(credentials);
    EXPECT_THAT(credentials.error().message,
                testing::EndsWith(": it did not see the parameter oauth_callback"));
  }
}

//= rfc5849#2.1
//# The client constructs a request URI by adding the following REQUIRED parameter to the request
//# (in addition to the other protocol parameters, using the same parameter transmission method):
//# oauth_callback: An absolute URI back to which the server will redirect the resource owner
TEST(Handshake, SendsTheRealmOfTheLink) {
  auto link = jira_link();
  link.realm = "Tracker";
  Dance dance({200, plain_text, "oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=true"},
              link);
  ASSERT_TRUE(dance.handshake.begin("http://127.0.0.1:4711/callback/abc"));
  const auto& request = dance.transport.requests().front();
  EXPECT_THAT(std::string(*request.headers.find("Authorization")), HasSubstr("realm=\"Tracker\""));
  EXPECT_EQ(protocol_parameter(request, "oauth_callback"), "http://127.0.0.1:4711/callback/abc");
}

//= rfc5849#2.2
//# The client constructs a request URI by adding the following REQUIRED query parameter to the
//# Resource Owner Authorization endpoint URI: oauth_token The temporary credentials identifier
//# obtained in Section 2.1 in the "oauth_token" parameter.
TEST(Handshake, ShowsTheAuthorizePageOfTheToken) {
  const TestSigner test;
  FakeTransport transport;
  const Handshake handshake(transport, test.signer);
  EXPECT_EQ(handshake.authorization_url(temporary_credentials(), oob).value().text(),
            "https://jira.example.com/jira/plugins/servlet/oauth/authorize?oauth_token=reqtoken");
}

//= rfc5849#2.3
//# The client constructs a request URI by adding the following REQUIRED parameter to the request
//# (in addition to the other protocol parameters, using the same parameter transmission method):
//# oauth_verifier The verification code received from the server in the previous step.
TEST(Handshake, ExchangesTheVerifierForAToken) {
  Dance dance({200, plain_text,
               "oauth_token=acctoken&oauth_token_secret=s&oauth_expires_in=157680000&"
               "oauth_session_handle=handle&oauth_authorization_expires_in=160272000"});
  const auto token = dance.handshake.finish(temporary_credentials(), "ABC123");
  ASSERT_TRUE(token) << token.error().message;
  EXPECT_EQ(token->credentials.token, "acctoken");
  EXPECT_EQ(token->expires_in, std::chrono::seconds(157680000));
  EXPECT_TRUE(token->session_handle == Secret("handle"));
  EXPECT_EQ(token->authorization_expires_in, std::chrono::seconds(160272000));

  const auto& request = dance.transport.requests().front();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url.text(), "https://jira.example.com/jira/plugins/servlet/oauth/access-token");
  EXPECT_EQ(protocol_parameter(request, "oauth_token"), "reqtoken");
  EXPECT_EQ(protocol_parameter(request, "oauth_verifier"), "ABC123");
  EXPECT_EQ(protocol_parameter(request, "oauth_callback"), "(absent)");
  EXPECT_TRUE(is_signed(request, FormBodyRule::post_only));
}

Error begin_error(http::Response answer) {
  Dance dance(std::move(answer));
  auto credentials = dance.handshake.begin(oob);
  EXPECT_FALSE(credentials);
  return credentials ? Error{} : credentials.error();
}

Error finish_error(http::Response answer) {
  Dance dance(std::move(answer));
  auto token = dance.handshake.finish(temporary_credentials(), "ABC123");
  EXPECT_FALSE(token);
  return token ? Error{} : token.error();
}

TEST(Handshake, ExplainsAProblemByTheCatalogue) {
  const auto error = begin_error({401, form, "oauth_problem=consumer_key_unknown"});
  EXPECT_EQ(error.code, ErrorCode::refused);
  EXPECT_EQ(error.message, "jira refused the request: consumer_key_unknown (\"hub\")");
  const auto header_only = begin_error(
      {400, {{"WWW-Authenticate", "OAuth realm=\"x\", oauth_problem=\"nonce_used\""}}, ""});
  EXPECT_EQ(header_only.message, "jira refused the request: nonce_used");
}

TEST(Handshake, SaysWhereARedirectPoints) {
  const auto error = begin_error(
      {301,
       {{"Location", "https://jira.example.com/tracker/plugins/servlet/oauth/request-token"}},
       "moved"});
  EXPECT_EQ(error.code, ErrorCode::failed);
  EXPECT_THAT(error.hint, HasSubstr("the base URL is probably https://jira.example.com/tracker:"));
}

TEST(Handshake, KnowsAPageFromCredentials) {
  const auto error = begin_error({200, {{"Content-Type", "text/html;charset=UTF-8"}}, "<html>"});
  EXPECT_EQ(error.code, ErrorCode::failed);
  EXPECT_EQ(error.message, "jira answered with a page instead of credentials");
  EXPECT_THAT(error.hint, HasSubstr("https://jira.example.com/jira"));
  EXPECT_EQ(begin_error({200, {}, " \n<!DOCTYPE html>"}).message, error.message);
  EXPECT_THAT(begin_error({404, {{"Content-Type", "text/html"}}, "<html>dead link"}).hint,
              HasSubstr("context path"));
}

TEST(Handshake, ExplainsAnEmptySuccess) {
  const auto error = begin_error({200, {}, ""});
  EXPECT_EQ(error.code, ErrorCode::failed);
  EXPECT_EQ(error.message, "jira answered 200 with nothing");
  EXPECT_THAT(error.hint, HasSubstr("POST"));
}

TEST(Handshake, TakesNoCredentialsThatAreNotWhole) {
  EXPECT_NE(begin_error({200, plain_text, "oauth_token=t&oauth_token_secret=s"}).message, "")
      << "not confirmed: OAuth 1.0";
  EXPECT_NE(begin_error({200, plain_text, "oauth_callback_confirmed=true"}).message, "");
  EXPECT_NE(finish_error({200, plain_text, "oauth_token_secret=s"}).message, "");
  EXPECT_EQ(begin_error({500, {{"Content-Type", "text/html"}}, "<html>"}).message,
            "jira answered 500 Internal Server Error");
}

TEST(Handshake, PassesOnThatNobodyAnswered) {
  const TestSigner test;
  FakeTransport transport;
  transport.answer(Error{ErrorCode::unreachable, "no route", ""});
  EXPECT_EQ(Handshake(transport, test.signer).begin(oob).error().code, ErrorCode::unreachable);
}

TEST(Handshake, TellsADenialFromARefusal) {
  EXPECT_EQ(finish_error({401, form, "oauth_problem=permission_denied"}).code, ErrorCode::denied);
  EXPECT_EQ(finish_error({401, form, "oauth_problem=token_expired"}).hint,
            "this login took too long: start over: applink login prod");
  EXPECT_EQ(finish_error({401, form, "oauth_problem=permission_unknown"}).code, ErrorCode::refused);
  EXPECT_EQ(begin_error({401, form, "oauth_problem=permission_denied"}).code, ErrorCode::refused);
}

TEST(Handshake, TakesARejectedTokenForAWrongCode) {
  const auto error = finish_error({401, form, "oauth_problem=token_rejected"});
  EXPECT_EQ(error.code, ErrorCode::refused);
  EXPECT_EQ(error.message, "jira refused the request: token_rejected");
  EXPECT_THAT(error.hint,
              AllOf(HasSubstr("the code is not the one"), HasSubstr("applink login prod")));
}

TEST(Handshake, KnowsNoWayToAGenericProvider) {
  auto link = jira_link();
  link.product = jira::Product::generic;
  const TestSigner test(link);
  FakeTransport transport;
  const Handshake handshake(transport, test.signer);
  EXPECT_EQ(handshake.begin(oob).error().code, ErrorCode::usage);
  EXPECT_EQ(handshake.finish(temporary_credentials(), "v").error().code, ErrorCode::usage);
}

}  // namespace
}  // namespace applink::handshake
