#include "applink/jira/two_legged.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/http/message.h"
#include "support/links.h"

namespace applink::jira {
namespace {

using testing::HasSubstr;

constexpr const char* echo =
    "OAuth realm=\"https%3A%2F%2Fjira.example.com%2Fjira\", oauth_consumer_key=\"hub\", "
    "oauth_token=\"\"";

std::optional<Error> refusal(int status, const char* challenge, const char* body = "",
                             Speaker speaker = Speaker::client) {
  return two_legged_refusal({status, {{"WWW-Authenticate", challenge}}, body}, test::jira_link(),
                            speaker);
}

TEST(TwoLeggedRefusal, NamesTheBoxesToTick) {
  const auto client = refusal(401, echo);
  ASSERT_TRUE(client);
  EXPECT_EQ(client->code, ErrorCode::refused);
  EXPECT_EQ(client->message, "jira lets this link make no call without a user");
  EXPECT_THAT(client->hint, HasSubstr("\"Allow 2-Legged OAuth\" at Application links"));
  EXPECT_THAT(client->hint, HasSubstr("\"Execute as\""));
  const auto user = refusal(401, echo, "", Speaker::user);
  ASSERT_TRUE(user);
  EXPECT_THAT(user->hint, HasSubstr("\"Allow user impersonation through 2-Legged OAuth\""));
}

TEST(TwoLeggedRefusal, IsNoOtherAnswer) {
  EXPECT_FALSE(refusal(200, echo));
  EXPECT_FALSE(refusal(403, echo));
  EXPECT_FALSE(refusal(401, echo, "oauth_problem=consumer_key_unknown"));
  EXPECT_FALSE(refusal(401, "OAuth realm=\"https%3A%2F%2Fjira.example.com%2Fjira\""));
  EXPECT_FALSE(refusal(401, "Basic realm=\"oauth_consumer_key\""));
  EXPECT_FALSE(two_legged_refusal({401, {}, ""}, test::jira_link(), Speaker::client));
}

TEST(RanAsNobody, IsSaidByAHeaderOrByTheWishForALogin) {
  constexpr const char* bare = "OAuth realm=\"https%3A%2F%2Fjira.example.com%2Fjira\"";
  EXPECT_TRUE(ran_as_nobody({401, {{"WWW-Authenticate", bare}}, ""}));
  EXPECT_TRUE(ran_as_nobody({404, {{"X-AUSERNAME", "anonymous"}}, ""}));
  EXPECT_FALSE(ran_as_nobody({404, {{"X-AUSERNAME", "alice"}}, ""}));
  EXPECT_FALSE(ran_as_nobody({403, {{"WWW-Authenticate", bare}}, ""}));
  EXPECT_FALSE(ran_as_nobody({401, {{"WWW-Authenticate", echo}}, ""}));
  EXPECT_FALSE(ran_as_nobody({401, {{"WWW-Authenticate", "Basic realm=\"x\""}}, ""}));
  EXPECT_FALSE(
      ran_as_nobody({401, {{"WWW-Authenticate", bare}}, "oauth_problem=consumer_key_unknown"}));
}

TEST(EffectiveUser, IsWhatTheHeaderSays) {
  EXPECT_EQ(effective_user({200, {{"x-ausername", "alice"}}, ""}), "alice");
  EXPECT_EQ(effective_user({200, {{"X-AUSERNAME", "anonymous"}}, ""}), "anonymous");
  EXPECT_EQ(effective_user({200, {{"X-AUSERNAME", "j%C3%B6rg"}}, ""}), "j\xC3\xB6rg");
  EXPECT_EQ(effective_user({200, {{"X-AUSERNAME", "a@b.c"}}, ""}), "a@b.c");
  EXPECT_EQ(effective_user({200, {{"X-AUSERNAME", ""}}, ""}), std::nullopt);
  EXPECT_EQ(effective_user({200, {}, ""}), std::nullopt);
}

TEST(EffectiveUser, IsNobodyInParticularWhereTheHeadersDiffer) {
  const auto of = [](std::string_view one, std::string_view other) {
    return effective_user(
        {200, {{"X-AUSERNAME", std::string(one)}, {"X-AUSERNAME", std::string(other)}}, ""});
  };
  EXPECT_EQ(of("alice", "anonymous"), "alice, anonymous");
  EXPECT_EQ(of("alice", ""), "alice, ");
  EXPECT_EQ(of("alice", "alice"), "alice");
}

TEST(SameUser, IsAnyLetterCaseAndNothingElse) {
  EXPECT_TRUE(same_user("alice", "Alice"));
  EXPECT_FALSE(same_user("alice", "alice "));
  EXPECT_FALSE(same_user("alice", ""));
}

}  // namespace
}  // namespace applink::jira
