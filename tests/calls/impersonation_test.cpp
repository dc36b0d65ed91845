#include "applink/calls/impersonation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fake_transport.h"
#include "support/signed_requests.h"

namespace applink::calls {
namespace {

using test::FakeTransport;
using test::is_signed;
using test::protocol_parameter;
using test::TestSigner;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* bob = R"({"name":"bob","displayName":"Bob"})";

http::Response as(std::string user, std::string body, int status = 200) {
  return {status, {{"X-AUSERNAME", std::move(user)}}, std::move(body)};
}

http::Response bare_401() {
  return {401, {{"WWW-Authenticate", "OAuth realm=\"https%3A%2F%2Fjira.example.com%2Fjira\""}}, ""};
}

http::Response echo_401() {
  return {401,
          {{"WWW-Authenticate",
            "OAuth realm=\"https%3A%2F%2Fjira.example.com%2Fjira\", oauth_consumer_key=\"hub\", "
            "oauth_token=\"\", oauth_nonce=\"1\""}},
          ""};
}

struct ImpersonationTest : testing::Test {
  Result<http::Response> send(std::string method, std::string user = "bob",
                              std::string path = "/rest/x?a=b") {
    const Call call{std::move(method), std::move(path), {}, "", std::move(user)};
    auto outcome =
        send_impersonating(sender, call, [this](const Call& each) { return sender.send(each); });
    if (outcome) explained = sender.explain(call, *outcome);
    return outcome;
  }
  std::vector<std::string> asked() {
    std::vector<std::string> lines;
    for (const auto& request : transport.requests()) {
      lines.push_back(request.method + " " + std::string(request.url.path()) + "?" +
                      std::string(request.url.query().value_or("")));
      EXPECT_EQ(protocol_parameter(request, "oauth_token"), "");
      EXPECT_TRUE(is_signed(request, oauth1::FormBodyRule::post_only));
    }
    return lines;
  }

  TestSigner test;
  FakeTransport transport;
  Sender sender{transport, test.signer, std::nullopt};
  std::optional<Error> explained;
};

TEST_F(ImpersonationTest, TakesTheWordOfTheAnswer) {
  transport.answer(as("bob", "data"));
  EXPECT_EQ(send("GET")->body, "data");
  EXPECT_THAT(asked(), ElementsAre("GET /jira/rest/x?a=b&xoauth_requestor_id=bob"));
}

TEST_F(ImpersonationTest, TakesNamesInAnyLetterCaseAndDecoded) {
  transport.answer(as("BoB", "data"));
  EXPECT_TRUE(send("GET"));
  transport.answer(as("j%C3%B6rg", "data"));
  EXPECT_TRUE(send("GET", "j\xC3\xB6rg"));
  transport.answer(as("jim+x", "data"));
  EXPECT_TRUE(send("GET", "jim+x", "/rest/x"));
  EXPECT_THAT(asked(), testing::Contains("GET /jira/rest/x?xoauth_requestor_id=jim%2Bx"));
}

TEST_F(ImpersonationTest, AsksWhereTheAnswerDoesNotSay) {
  transport.answer(200, "data");
  transport.answer(200, bob);
  EXPECT_EQ(send("GET")->body, "data");
  EXPECT_THAT(asked(), ElementsAre("GET /jira/rest/x?a=b&xoauth_requestor_id=bob",
                                   "GET /jira/rest/api/2/myself?xoauth_requestor_id=bob"));
}

TEST_F(ImpersonationTest, AsksBeforeItChangesAnything) {
  for (const std::string method : {"POST", "PUT", "DELETE", "PATCH"}) {
    transport.answer(200, bob);
    transport.answer(201, "made");
    EXPECT_EQ(send(method)->body, "made");
    EXPECT_EQ(asked().end()[-2], "GET /jira/rest/api/2/myself?xoauth_requestor_id=bob");
  }
}

TEST_F(ImpersonationTest, HandsOnNoAnswerThatWasGivenToNobody) {
  transport.answer(as("anonymous", "public data"));
  const auto answer = send("GET", "bbo");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::refused);
  EXPECT_EQ(answer.error().message,
            "jira does not know the user bbo, and ran the request as nobody");
  EXPECT_THAT(answer.error().hint, HasSubstr("not an e-mail address"));
}

TEST_F(ImpersonationTest, KnowsNobodyByAnyName) {
  transport.answer(as("anonymous", "public data"));
  EXPECT_THAT(send("GET", "anonymous").error().message, HasSubstr("ran the request as nobody"));
}

TEST_F(ImpersonationTest, ChangesNothingAsNobody) {
  for (const auto& nobody : {bare_401(), as("anonymous", "", 401), as("anonymous", "{}"),
                             http::Response{200, {}, R"({"type":"anonymous"})"}}) {
    transport.answer(nobody);
    const auto answer = send("POST", "bbo");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::refused);
    EXPECT_THAT(answer.error().message, HasSubstr("does not know the user bbo"));
  }
  EXPECT_EQ(transport.requests().size(), 4U) << "the POST itself was never sent";
}

TEST_F(ImpersonationTest, HandsOnNoAnswerThatWasGivenToSomebodyElse) {
  transport.answer(as("alice", "data of alice"));
  EXPECT_EQ(send("GET").error().message, "jira ran the request as alice and not as bob");
  transport.answer(200, "data");
  transport.answer(200, R"({"name":"alice"})");
  EXPECT_EQ(send("GET").error().message, "jira ran the request as alice and not as bob");
  transport.answer(200, bob);
  transport.answer(as("al\x1b[31mice", "made", 201));
  EXPECT_THAT(send("POST").error().message, HasSubstr("as al\\x1b[31mice and not"));
}

TEST_F(ImpersonationTest, ExplainsAnAnswerThatIsAFailure) {
  transport.answer(as("bob", "{}", 404));
  EXPECT_EQ(send("GET")->status, 404);
  EXPECT_EQ(explained->code, ErrorCode::failed);
  transport.answer(as("anonymous", "{}", 404));
  EXPECT_THAT(send("GET").error().message, HasSubstr("ran the request as nobody"));
  transport.answer(bare_401());
  EXPECT_THAT(send("GET").error().message, HasSubstr("ran the request as nobody"));
}

TEST_F(ImpersonationTest, AsksAfterEveryAnswerThatDoesNotSay) {
  for (const int status : {204, 302, 400, 403, 404, 500}) {
    transport.answer(status, "data");
    transport.answer(200, bob);
    EXPECT_EQ(send("GET")->status, status);
    transport.answer(status, "data");
    transport.answer(200, R"({"name":"alice"})");
    const auto answer = send("GET");
    ASSERT_FALSE(answer) << status;
    EXPECT_EQ(answer.error().message, "jira ran the request as alice and not as bob");
  }
}

TEST_F(ImpersonationTest, AsksNothingOfAServerInTrouble) {
  for (const int status : {429, 502, 503, 504}) {
    transport.answer(status, "");
    EXPECT_EQ(send("GET")->status, status);
    EXPECT_EQ(explained->code, ErrorCode::failed);
  }
  EXPECT_EQ(transport.requests().size(), 4U);
  transport.answer(as("anonymous", "", 503));
  EXPECT_THAT(send("GET").error().message, HasSubstr("ran the request as nobody"));
}

TEST_F(ImpersonationTest, BlamesNoUserForAnotherReason) {
  const http::Response proxy{401, {{"WWW-Authenticate", "Basic realm=\"proxy\""}}, ""};
  for (const std::string method : {"GET", "POST"}) {
    transport.answer(proxy);
    if (method == "GET") transport.answer(proxy);
    const auto answer = send(method);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::refused);
    EXPECT_EQ(answer.error().message,
              "it is not proven whom the request runs as: jira answered 401 Unauthorized, without "
              "an OAuth problem");
    EXPECT_THAT(answer.error().hint, HasSubstr("nothing there speaks OAuth 1.0a"));
  }
  transport.answer(200, "<html>please wait</html>");
  const auto unread = send("POST");
  ASSERT_FALSE(unread);
  EXPECT_EQ(unread.error().message,
            "it is not proven whom the request runs as: the answer is not one that names a user");
  EXPECT_THAT(unread.error().hint, HasSubstr("check the base URL"));
}

TEST_F(ImpersonationTest, HandsOnWhatAProxySaysToAProvenCall) {
  transport.answer(200, bob);
  transport.answer({401, {{"WWW-Authenticate", "Basic realm=\"proxy\""}}, ""});
  EXPECT_EQ(send("POST")->status, 401);
  EXPECT_THAT(explained->hint, HasSubstr("nothing there speaks OAuth 1.0a"));
}

TEST_F(ImpersonationTest, ExplainsWhatTheAdministratorHasToTick) {
  transport.answer(echo_401());
  EXPECT_EQ(send("GET")->status, 401);
  ASSERT_TRUE(explained);
  EXPECT_EQ(explained->code, ErrorCode::refused);
  EXPECT_EQ(explained->message, "jira lets this link impersonate nobody, or not this user");
  EXPECT_THAT(explained->hint, HasSubstr("Allow user impersonation through 2-Legged OAuth"));
  transport.answer(echo_401());
  const auto post = send("POST");
  ASSERT_FALSE(post);
  EXPECT_THAT(post.error().message, HasSubstr("not proven whom the request runs as: jira lets"));
  EXPECT_THAT(post.error().hint, HasSubstr("2-Legged OAuth"));
}

TEST_F(ImpersonationTest, ExplainsAProblemAsEver) {
  transport.answer(401, "oauth_problem=signature_invalid");
  EXPECT_EQ(send("GET")->status, 401);
  EXPECT_THAT(explained->message, HasSubstr("signature_invalid"));
}

TEST_F(ImpersonationTest, PassesOnThatNobodyAnswers) {
  transport.answer(Error{ErrorCode::unreachable, "no route", "?"});
  EXPECT_EQ(send("GET").error().code, ErrorCode::unreachable);
  transport.answer(200, "data");
  transport.answer(Error{ErrorCode::unreachable, "no route", "?"});
  EXPECT_EQ(send("GET").error().code, ErrorCode::unreachable);
}

TEST_F(ImpersonationTest, RefusesASecondUserInTheQuery) {
  for (const std::string path :
       {"/rest/x?xoauth_requestor_id=eve", "/rest/x?user_id=eve", "/rest/x?user%5Fid"}) {
    const auto answer = send("GET", "bob", path);
    ASSERT_FALSE(answer) << path;
    EXPECT_EQ(answer.error().code, ErrorCode::usage);
    EXPECT_THAT(answer.error().message, HasSubstr("names a user of its own"));
    EXPECT_THAT(answer.error().hint, HasSubstr("--impersonate"));
  }
}

}  // namespace
}  // namespace applink::calls
