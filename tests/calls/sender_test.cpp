#include "applink/calls/sender.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fake_transport.h"
#include "support/signed_requests.h"

namespace applink::calls {
namespace {

using oauth1::FormBodyRule;
using test::FakeTransport;
using test::is_signed;
using test::protocol_parameter;
using test::TestSigner;
using testing::HasSubstr;

oauth1::TokenCredentials token() {
  return {"tok", Secret("tok-secret")};
}

struct SenderTest : testing::Test {
  TestSigner test;
  FakeTransport transport;
  Sender sender{transport, test.signer, token()};
};

TEST_F(SenderTest, SendsASignedRequestUnderTheBaseUrl) {
  transport.answer(200, "{}");
  const auto response = sender.send({"PUT",
                                     "/rest/api/2/issue/TEST-1",
                                     {{"X-Atlassian-Token", "no-check"}},
                                     R"({"fields":{"summary":"[1,2] a&b"}})"});
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->body, "{}");
  const auto& request = transport.requests().front();
  EXPECT_EQ(request.method, "PUT");
  EXPECT_EQ(request.url.text(), "https://jira.example.com/jira/rest/api/2/issue/TEST-1");
  EXPECT_EQ(request.body, R"({"fields":{"summary":"[1,2] a&b"}})");
  EXPECT_EQ(request.headers.find("X-Atlassian-Token"), "no-check");
  EXPECT_EQ(request.headers.find("Content-Type"), "application/json");
  EXPECT_EQ(request.headers.find("Accept"), "application/json");
  EXPECT_EQ(protocol_parameter(request, "oauth_token"), "tok");
  EXPECT_TRUE(is_signed(request, FormBodyRule::post_only));
}

TEST_F(SenderTest, LeavesGivenHeadersAlone) {
  const auto request = sender
                           .prepare({"POST",
                                     "https://jira.example.com/jira/rest/x?a=b",
                                     {{"content-type", "application/x-www-form-urlencoded"},
                                      {"ACCEPT", "application/xml"}},
                                     "c=d"})
                           .value();
  EXPECT_EQ(request.headers.all("Content-Type").size(), 1U);
  EXPECT_EQ(request.headers.find("Accept"), "application/xml");
  EXPECT_TRUE(is_signed(request, FormBodyRule::every_method)) << "the form is covered";
  EXPECT_EQ(sender.prepare({"GET", "/x", {}, ""})->headers.find("Content-Type"), std::nullopt);
}

TEST_F(SenderTest, SpeaksForTheClientWithoutAToken) {
  const Sender two_legged(transport, test.signer, std::nullopt);
  const auto request = two_legged.prepare({"GET", "/rest/x", {}, ""}).value();
  EXPECT_EQ(protocol_parameter(request, "oauth_token"), "");
}

TEST_F(SenderTest, RefusesAUserWhomNothingProves) {
  const Sender two_legged(transport, test.signer, std::nullopt);
  const http::Headers form{{"Content-Type", "application/x-www-form-urlencoded"}};
  for (const Call& call :
       {Call{"GET", "/x?xoauth_requestor_id=bob", {}, ""}, Call{"GET", "/x?a=b&user_id=1", {}, ""},
        Call{"GET", "/x?xoauth%5Frequestor_id", {}, ""},
        Call{"POST", "/x", form, "a=b&xoauth_requestor_id=bob"}}) {
    const auto refused = two_legged.send(call);
    ASSERT_FALSE(refused) << call.path_or_url;
    EXPECT_EQ(refused.error().code, ErrorCode::usage);
    EXPECT_THAT(refused.error().message, HasSubstr("names a user of its own, in "));
    EXPECT_THAT(refused.error().hint, HasSubstr("with --impersonate USER"));
    EXPECT_TRUE(sender.prepare(call)) << "with a token it is a parameter like any other";
  }
  EXPECT_TRUE(two_legged.prepare({"POST", "/x", {}, R"({"user_id":"xoauth_requestor_id=1"})"}));
  EXPECT_TRUE(two_legged.prepare({"GET", "/x?requestor=user_id", {}, ""}));
}

TEST_F(SenderTest, LeavesUserIdToProvidersOfAnotherMake) {
  auto link = test::jira_link();
  link.product = jira::Product::generic;
  const TestSigner generic(link);
  const Sender two_legged(transport, generic.signer, std::nullopt);
  EXPECT_TRUE(two_legged.prepare({"GET", "/x?user_id=1", {}, ""}));
  EXPECT_FALSE(two_legged.prepare({"GET", "/x?xoauth_requestor_id=bob", {}, ""}));
}

TEST_F(SenderTest, RefusesWhatCannotBeSigned) {
  const auto refused = [&](Call call) {
    const auto response = sender.send(call);
    EXPECT_FALSE(response);
    return response ? Error{} : response.error();
  };
  EXPECT_THAT(refused({"GET", "https://evil.example/jira/x", {}, ""}).message,
              HasSubstr("does not belong to the link prod"));
  EXPECT_THAT(refused({"GET", "rest/x", {}, ""}).hint, HasSubstr("/rest/x"));
  EXPECT_THAT(refused({"GET", "/x", {{"authorization", "Basic x"}}, ""}).message,
              HasSubstr("Authorization header of its own"));
  EXPECT_THAT(refused({"GE T", "/x", {}, ""}).message, HasSubstr("\"GE T\" is not a method"));
  EXPECT_THAT(refused({"", "/x", {}, ""}).message, HasSubstr("not a method"));
  EXPECT_THAT(refused({"GET", "/x", {{"X y", "z"}}, ""}).message, HasSubstr("name of a header"));
  EXPECT_THAT(refused({"GET", "/x", {{"X", "a\r\nY: b"}}, ""}).message,
              HasSubstr("value of the header X"));
  EXPECT_THAT(transport.requests(), testing::IsEmpty());
}

TEST_F(SenderTest, TakesEveryStatusForAnAnswer) {
  const Call call{"GET", "/rest/api/2/myself", {}, ""};
  transport.answer(401, "oauth_problem=token_rejected");
  const auto response = sender.send(call);
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 401);
  const auto error = sender.explain(call, *response);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, ErrorCode::refused);
  EXPECT_EQ(error->message, "jira refused the request: token_rejected");
}

TEST_F(SenderTest, ExplainsFailuresAndHiddenOnes) {
  const Call call{"GET", "/rest/x", {}, ""};
  EXPECT_EQ(sender.explain(call, {200, {{"X-AUSERNAME", "alice"}}, ""}), std::nullopt);
  EXPECT_EQ(sender.explain(call, {404, {}, ""})->code, ErrorCode::failed);
  const auto hidden = sender.explain(call, {200, {{"X-AUSERNAME", "anonymous"}}, "[]"});
  ASSERT_TRUE(hidden);
  EXPECT_EQ(hidden->code, ErrorCode::refused);
  EXPECT_EQ(hidden->message, "jira ran the request as nobody");
  const Sender two_legged(transport, test.signer, std::nullopt);
  EXPECT_EQ(two_legged.explain(call, {200, {{"X-AUSERNAME", "anonymous"}}, "[]"}), std::nullopt);
}

TEST_F(SenderTest, SaysWithoutAUserTooWhatTheProductWantsFirst) {
  const Sender two_legged(transport, test.signer, std::nullopt);
  const Call call{"GET", "/rest/x", {}, ""};
  const http::Headers nobody{{"X-AUSERNAME", "anonymous"},
                             {"WWW-Authenticate", "OAuth realm=\"https%3A%2F%2Fjira\""},
                             {"X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE; login-url=x"}};
  EXPECT_THAT(two_legged.explain(call, {403, nobody, ""})->hint, HasSubstr("with a browser once"));
  EXPECT_THAT(two_legged.explain(call, {401, nobody, "This resource requires WebSudo."})->hint,
              HasSubstr("an administrator's password"));
  EXPECT_THAT(two_legged.explain(call, {401, nobody, ""})->hint, HasSubstr("Execute as"));
}

TEST_F(SenderTest, AdvisesALoginUnderTheLabelOfTheToken) {
  const Sender second(transport, test.signer, token(), "second");
  const Call call{"GET", "/rest/x", {}, ""};
  EXPECT_THAT(second.explain(call, {200, {{"X-AUSERNAME", "anonymous"}}, "[]"})->hint,
              HasSubstr("applink login prod --user second"));
  EXPECT_THAT(second.explain(call, {401, {}, "oauth_problem=token_expired"})->hint,
              HasSubstr("applink login prod --user second"));
}

TEST_F(SenderTest, PassesOnThatNobodyAnswered) {
  transport.answer(Error{ErrorCode::unreachable, "no route", ""});
  EXPECT_EQ(sender.send({"GET", "/x", {}, ""}).error().code, ErrorCode::unreachable);
}

TEST_F(SenderTest, ExplainsToAClientWithoutAUserWhatItsAdministratorChooses) {
  const Sender two_legged(transport, test.signer, std::nullopt);
  const Call call{"GET", "/rest/x", {}, ""};
  const auto refused = two_legged.explain(
      call, {401, {{"WWW-Authenticate", "OAuth realm=\"x\", oauth_consumer_key=\"hub\""}}, ""});
  ASSERT_TRUE(refused);
  EXPECT_THAT(refused->hint, HasSubstr("ticks \"Allow 2-Legged OAuth\""));
  for (const http::Response& nobody :
       {http::Response{401, {{"WWW-Authenticate", "OAuth realm=\"x\""}}, ""},
        http::Response{404, {{"X-AUSERNAME", "anonymous"}}, ""}}) {
    const auto failure = two_legged.explain(call, nobody);
    ASSERT_TRUE(failure);
    EXPECT_THAT(failure->hint, HasSubstr("names at \"Execute as\""));
    EXPECT_THAT(failure->hint, testing::Not(HasSubstr("log in")));
  }
}

}  // namespace
}  // namespace applink::calls
