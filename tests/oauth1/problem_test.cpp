#include "applink/oauth1/problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/http/message.h"

namespace applink::oauth1 {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view jira_form = "application/x-www-form-urlencoded;charset=UTF-8";

http::Response refused(std::string_view body, std::string_view type = jira_form) {
  return {401, {{"Content-Type", std::string(type)}}, std::string(body)};
}

http::Response challenged(std::string_view challenge) {
  return {401, {{"WWW-Authenticate", std::string(challenge)}}, ""};
}

TEST(Problem, IsReadFromTheBody) {
  const auto problem =
      problem_of(refused("oauth_problem=timestamp_refused&"
                         "oauth_acceptable_timestamps=1196666212-1196666812"));
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->name, "timestamp_refused");
  EXPECT_EQ(problem->find("oauth_acceptable_timestamps"), "1196666212-1196666812");
  EXPECT_EQ(problem->find("oauth_problem"), std::nullopt);
}

TEST(Problem, IsReadInAnyOrder) {
  const auto problem =
      problem_of(refused("oauth_parameters_absent=oauth_nonce%26oauth_token&"
                         "oauth_problem=parameter_absent"));
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->name, "parameter_absent");
  EXPECT_EQ(problem->find("oauth_parameters_absent"), "oauth_nonce&oauth_token");
}

TEST(Problem, HasTheBaseStringOfTheServer) {
  const auto problem =
      problem_of(refused("oauth_problem=signature_invalid&oauth_signature=a%2Fb%3D&"
                         "oauth_signature_base_string=GET%26http%253A%252F%252Fh%252F%26a%253Db&"
                         "oauth_signature_method=RSA-SHA1"));
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->find("oauth_signature_base_string"), "GET&http%3A%2F%2Fh%2F&a%3Db");
  EXPECT_EQ(problem->find("oauth_signature"), "a/b=");
}

TEST(Problem, IsReadFromTheHeaderWithItsRealm) {
  const auto problem =
      problem_of(challenged("OAuth realm=\"https%3A%2F%2Fjira.example.com%2Fjira\", "
                            "oauth_problem=\"token_expired\""));
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->name, "token_expired");
  EXPECT_EQ(problem->find("realm"), "https://jira.example.com/jira");
}

TEST(Problem, OfAWebPageIsReadFromTheHeader) {
  auto page = refused("<html>oauth_problem=wrong</html>", "text/html;charset=UTF-8");
  page.headers.add("WWW-Authenticate", "OAuth realm=\"x\", oauth_problem=\"token_used\"");
  EXPECT_EQ(problem_of(page)->name, "token_used");
}

TEST(Problem, IsThatOfTheBodyWhereTheHeaderHasOneToo) {
  auto both = refused("oauth_problem=nonce_used");
  both.headers.add("WWW-Authenticate",
                   "OAuth realm=\"x\", oauth_problem=\"other\", oauth_problem_advice=\"a%20b\"");
  const auto problem = problem_of(both);
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->name, "nonce_used");
  EXPECT_THAT(problem->details,
              ElementsAre(Parameter{"realm", "x"}, Parameter{"oauth_problem_advice", "a b"}));
}

TEST(Problem, IsFoundAmongSeveralChallenges) {
  auto several = challenged("Basic realm=\"x\"");
  several.headers.add("www-authenticate", "OAuth realm=\"y\"");
  several.headers.add("WWW-Authenticate", "oauth oauth_problem=\"permission_denied\"");
  EXPECT_EQ(problem_of(several)->name, "permission_denied");
}

TEST(Problem, IsReadFromCarelessServersToo) {
  EXPECT_EQ(problem_of(challenged("OAuth oauth_problem=token_rejected"))->name, "token_rejected");
  EXPECT_EQ(problem_of(challenged("OAuth realm=\"a b/c\", oauth_problem=\"x\", Basic y"))->name,
            "x");
  const auto raw =
      problem_of(challenged("OAuth oauth_problem=\"x\", oauth_problem_advice=\"50% off, now\""));
  ASSERT_TRUE(raw);
  EXPECT_EQ(raw->find("oauth_problem_advice"), "50% off, now");
  EXPECT_EQ(problem_of(refused("oauth_problem=x", "text/plain"))->name, "x");
  EXPECT_EQ(problem_of({400, {}, "oauth_problem=x"})->name, "x");
}

TEST(Problem, NeedsAStatusOf400AndMore) {
  auto fine = refused("oauth_problem=x");
  fine.status = 200;
  EXPECT_FALSE(problem_of(fine));
  fine.status = 302;
  EXPECT_FALSE(problem_of(fine));
  fine.status = 503;
  EXPECT_TRUE(problem_of(fine));
}

// Jira's bare challenge on every 401, and its echo of the request where no OAuth check failed.
TEST(Problem, IsNoneWhereNoneIsNamed) {
  EXPECT_FALSE(problem_of(challenged("OAuth realm=\"https%3A%2F%2Fjira.example.com\"")));
  EXPECT_FALSE(problem_of(challenged("OAuth realm=\"x\", oauth_token=\"t\", oauth_nonce=\"n\"")));
  EXPECT_FALSE(problem_of(challenged("Basic oauth_problem=\"x\"")));
  EXPECT_FALSE(problem_of(refused("{\"oauth_problem\":\"x\"}", "application/json")));
  EXPECT_FALSE(problem_of(refused("oauth_problem=")));
  EXPECT_FALSE(problem_of({401, {}, ""}));
}

TEST(Problem, TakesNothingFromABodyThatNamesNone) {
  auto other = refused("hello=world", "text/plain");
  other.headers.add("WWW-Authenticate", "OAuth oauth_problem=\"x\"");
  const auto problem = problem_of(other);
  ASSERT_TRUE(problem);
  EXPECT_THAT(problem->details, IsEmpty());
}

TEST(Problem, DrownsInNoFlood) {
  std::string flood = "oauth_problem=x";
  for (int i = 0; i < 1000; ++i) flood += "&a" + std::to_string(i) + "=b";
  const auto problem = problem_of(refused(flood));
  ASSERT_TRUE(problem);
  EXPECT_LE(problem->details.size(), 64U);
  EXPECT_FALSE(problem_of(refused("oauth_problem=x&y=" + std::string(100'000, 'z'))));
}

}  // namespace
}  // namespace applink::oauth1
