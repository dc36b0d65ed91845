// A token that the provider gave, and nobody has used yet.
#include <gmock/gmock.h>

#include "handshake/login_session_fixture.h"

namespace applink::handshake {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using UnprovenTokenTest = LoginSessionTest;

TEST_F(UnprovenTokenTest, KeepsATokenThatCouldNotBeProven) {
  transport_.answer(200, temporary);
  ASSERT_TRUE(session().start());
  transport_.answer(200, token);
  transport_.answer(Error{ErrorCode::unreachable, "no route", "look at the cable"});
  const auto login = session().finish("aB3xY9");
  EXPECT_EQ(login.error().code, ErrorCode::unreachable);
  EXPECT_EQ(login.error().message, "the new token is stored, but not yet proven: no route");
  ASSERT_TRUE(pending() && pending()->unproven);
  EXPECT_EQ(pending()->unproven->credentials.token, "acctoken");
  EXPECT_FALSE(stored());

  transport_.answer(200, alice);
  const auto again = session().by_browser(60s);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(stored()->credentials.token, "acctoken");
  EXPECT_THAT(narrator_.pages, IsEmpty());
  EXPECT_FALSE(pending());
}

TEST_F(UnprovenTokenTest, FinishesAnUnprovenTokenWithoutAskingForItAgain) {
  transport_.answer(200, temporary);
  ASSERT_TRUE(session().start());
  transport_.answer(200, token);
  transport_.answer(503, "");
  ASSERT_FALSE(session().finish("aB3xY9"));
  transport_.answer(200, alice);
  EXPECT_TRUE(session().finish("aB3xY9"));
  EXPECT_EQ(stored()->user_name, "alice");
}

TEST_F(UnprovenTokenTest, CompletesAnUnprovenTokenBeforeItStartsAnew) {
  transport_.answer(200, temporary);
  ASSERT_TRUE(session().start());
  transport_.answer(200, token);
  transport_.answer(503, "");
  ASSERT_FALSE(session().finish("aB3xY9"));
  transport_.answer(200, alice);
  transport_.answer(200, "oauth_token=second&oauth_token_secret=s&oauth_callback_confirmed=true");
  ASSERT_TRUE(session().start());
  EXPECT_EQ(stored()->credentials.token, "acctoken");
  EXPECT_EQ(pending()->credentials.token, "second");
}

TEST_F(UnprovenTokenTest, StartsAnewWhereverAnAnswerDoesNotProveTheToken) {
  for (const int status : {403, 404, 500}) {
    transport_.answer(200, temporary);
    ASSERT_TRUE(session().start());
    transport_.answer(200, token);
    transport_.answer(status, "");
    const auto login = session().finish("aB3xY9");
    EXPECT_EQ(login.error().code, ErrorCode::failed);
    EXPECT_THAT(login.error().hint, HasSubstr("to start over: applink login prod"));
    ASSERT_TRUE(pending() && pending()->unproven);

    transport_.answer(status, "");
    transport_.answer(200, "oauth_token=second&oauth_token_secret=s&oauth_callback_confirmed=true");
    ASSERT_TRUE(session().start()) << status;
    EXPECT_EQ(pending()->credentials.token, "second");
    EXPECT_FALSE(pending()->unproven);
    ASSERT_TRUE(vault_->remove_pending_login("prod", "default"));
  }
}

TEST_F(UnprovenTokenTest, OpensANewPageWhereAnAnswerDoesNotProveTheToken) {
  transport_.answer(200, temporary);
  ASSERT_TRUE(session().start());
  transport_.answer(200, token);
  transport_.answer(403, "");
  ASSERT_FALSE(session().finish("aB3xY9"));
  transport_.answer(403, "");
  transport_.answer(200, temporary);
  EXPECT_EQ(session().by_browser(0s).error().code, ErrorCode::denied) << "nobody answers here";
  EXPECT_EQ(narrator_.pages.size(), 1U);
}

TEST_F(UnprovenTokenTest, StartsNothingAnewWhereNobodyAnswers) {
  transport_.answer(200, temporary);
  ASSERT_TRUE(session().start());
  transport_.answer(200, token);
  transport_.answer(Error{ErrorCode::unreachable, "no route", ""});
  ASSERT_FALSE(session().finish("aB3xY9"));
  transport_.answer(Error{ErrorCode::unreachable, "no route", ""});
  EXPECT_EQ(session().start().error().code, ErrorCode::unreachable);
  ASSERT_TRUE(pending() && pending()->unproven);
}

TEST_F(UnprovenTokenTest, StartsAnewWhereTheUnprovenTokenIsRefused) {
  transport_.answer(200, temporary);
  ASSERT_TRUE(session().start());
  transport_.answer(200, token);
  transport_.answer(401, "oauth_problem=token_rejected");
  EXPECT_EQ(session().finish("aB3xY9").error().code, ErrorCode::refused);
  ASSERT_TRUE(pending() && pending()->unproven);

  transport_.answer(401, "oauth_problem=token_rejected");
  transport_.answer(200, "oauth_token=second&oauth_token_secret=s&oauth_callback_confirmed=true");
  ASSERT_TRUE(session().start());
  EXPECT_EQ(pending()->credentials.token, "second");
  EXPECT_FALSE(pending()->unproven);
}

TEST_F(UnprovenTokenTest, ReplacesTheOldTokenOnlyWhenTheNewOneIsProven) {
  transport_.answer(200, temporary);
  transport_.answer(200, token);
  transport_.answer(200, alice);
  ASSERT_TRUE(session().start());
  ASSERT_TRUE(session().finish("aB3xY9"));

  transport_.answer(200, "oauth_token=second&oauth_token_secret=s&oauth_callback_confirmed=true");
  transport_.answer(200, "oauth_token=newtoken&oauth_token_secret=s");
  transport_.answer(200, R"({"displayName":"Anonymous"})");
  ASSERT_TRUE(session().start());
  EXPECT_EQ(session().finish("aB3xY9").error().code, ErrorCode::refused);
  EXPECT_EQ(stored()->credentials.token, "acctoken");
  EXPECT_THAT(narrator_.lines, Each(Not(HasSubstr("revokes"))));

  transport_.answer(200, R"({"name":"bob"})");
  ASSERT_TRUE(session().finish("aB3xY9"));
  EXPECT_EQ(narrator_.lines.back(),
            "jira still takes the token before this one until alice revokes it at "
            "https://jira.example.com/jira/plugins/servlet/oauth/users/access-tokens");
  EXPECT_EQ(stored()->credentials.token, "newtoken");
  EXPECT_EQ(stored()->user_name, "bob");
  EXPECT_EQ(stored()->expires, std::nullopt);
}

}  // namespace
}  // namespace applink::handshake
