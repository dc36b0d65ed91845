#include "applink/jira/problem_catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/oauth1/problem.h"
#include "support/links.h"

namespace applink::jira {
namespace {

using oauth1::Problem;
using test::jira_link;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

TEST(ProblemCatalogue, NamesTheConsumerKeyThatIsNotKnown) {
  const auto error = refused_by_jira({"consumer_key_unknown", {}}, jira_link());
  EXPECT_EQ(error.code, ErrorCode::refused);
  EXPECT_EQ(error.message, "jira refused the request: consumer_key_unknown (\"hub\")");
  EXPECT_EQ(error.hint,
            "no link in jira has this consumer key; check Application links > your link > Incoming "
            "authentication > Consumer key against: applink link show prod");
}

// What Atlassian's provider answers with, and what the library under it defines beside.
class EveryProblem : public testing::TestWithParam<const char*> {};

TEST_P(EveryProblem, HasACauseAndANextStepOfItsOwn) {
  const Problem problem{GetParam(), {}};
  const auto advice = advice_on(problem, jira_link());
  const auto unknown = advice_on({"unheard_of", {}}, jira_link());
  EXPECT_FALSE(advice.cause.empty());
  EXPECT_FALSE(advice.hint.empty());
  EXPECT_NE(advice.cause, unknown.cause);
  EXPECT_NE(advice.hint, unknown.hint);
  EXPECT_THAT(advice.cause + advice.hint, AllOf(Not(HasSubstr("{")), Not(HasSubstr("}"))));
  const auto error = refused_by_jira(problem, jira_link());
  EXPECT_THAT(error.message, HasSubstr("jira refused the request: " + problem.name));
  EXPECT_EQ(error.code, problem.name == "user_refused" ? ErrorCode::denied : ErrorCode::refused);
}

INSTANTIATE_TEST_SUITE_P(Names, EveryProblem,
                         testing::Values("parameter_absent", "parameter_rejected",
                                         "signature_method_rejected", "version_rejected",
                                         "timestamp_refused", "nonce_used", "signature_invalid",
                                         "consumer_key_unknown", "token_rejected", "token_expired",
                                         "token_used", "permission_unknown", "permission_denied",
                                         "consumer_key_rejected", "consumer_key_refused",
                                         "token_revoked", "additional_authorization_required",
                                         "user_refused", "token_not_authorized"));

TEST(ProblemCatalogue, IsHonestAboutAProblemItDoesNotKnow) {
  const auto error = refused_by_jira({"mercury_retrograde\x1b[2J", {}}, jira_link());
  EXPECT_EQ(error.code, ErrorCode::refused);
  EXPECT_EQ(error.message, "jira refused the request: mercury_retrograde\\x1b[2J");
  EXPECT_THAT(error.hint, AllOf(HasSubstr("not a problem that applink knows"), HasSubstr("DEBUG")));
}

TEST(ProblemCatalogue, TellsTheTimeThere) {
  const Problem problem{"timestamp_refused",
                        {{"oauth_acceptable_timestamps", "1196666212-1196666812"}}};
  EXPECT_EQ(provider_clock(problem), Timestamp(std::chrono::seconds(1196666512)));
  EXPECT_EQ(refused_by_jira(problem, jira_link()).message,
            "jira refused the request: timestamp_refused (the time there is 2007-12-03T07:21:52Z)");
}

TEST(ProblemCatalogue, TakesNoNonsenseForAClock) {
  for (const auto* const window : {"", "-", "1-", "-1", "a-b", "2-1", "1-2x", "1--2",
                                   "1-99999999999999999999", "1-9223372036854775807"}) {
    const Problem problem{"timestamp_refused", {{"oauth_acceptable_timestamps", window}}};
    EXPECT_EQ(provider_clock(problem), std::nullopt) << window;
    EXPECT_EQ(refused_by_jira(problem, jira_link()).message,
              "jira refused the request: timestamp_refused");
  }
}

TEST(ProblemCatalogue, NamesTheParameters) {
  EXPECT_THAT(
      advice_on({"parameter_absent", {{"oauth_parameters_absent", "oauth_verifier&oauth_nonce"}}},
                jira_link())
          .cause,
      HasSubstr("oauth_verifier&oauth_nonce"));
  const auto rejected = advice_on({"parameter_rejected",
                                   {{"oauth_parameters_rejected", "oauth_callback"},
                                    {"oauth_problem_advice", "As per OAuth spec 6.1\n…"}}},
                                  jira_link());
  EXPECT_EQ(rejected.cause, "jira does not take oauth_callback (\"As per OAuth spec 6.1\\n…\")");
}

TEST(ProblemCatalogue, SeesTheProxyInTheBaseStringOfTheProvider) {
  const Problem problem{"signature_invalid",
                        {{"oauth_signature_base_string",
                          "POST&http%3A%2F%2Fjira-internal%3A8080%2Fjira%2Fplugins%2Fservlet%"
                          "2Foauth%2Frequest-token&a%3Db"}}};
  const auto advice = advice_on(problem, jira_link());
  EXPECT_EQ(advice.cause,
            "jira took the request for one to "
            "http://jira-internal:8080/jira/plugins/servlet/oauth/request-token, not under "
            "https://jira.example.com/jira");
  EXPECT_THAT(advice.hint, HasSubstr("proxyName"));
}

TEST(ProblemCatalogue, BlamesTheKeyWhereTheProviderSawTheSameUrl) {
  const Problem path{"signature_invalid",
                     {{"oauth_signature_base_string",
                       "GET&https%3A%2F%2Fjira.example.com%2Finternal%2Frest%2Fx&a%3Db"}}};
  EXPECT_EQ(advice_on(path, jira_link()).cause,
            "jira took the request for one to the path /internal/rest/x, not under "
            "https://jira.example.com/jira");
  EXPECT_THAT(advice_on(path, jira_link()).hint, HasSubstr("pass the path on as it is"));
  for (const auto* const base_string : {"POST&https%3A%2F%2Fjira.example.com%2Fjira%2Fx&a%3Db", "",
                                        "&", "POST&", "POST&%zz&", "&&&", "POST&no-url&x"}) {
    const Problem problem{"signature_invalid", {{"oauth_signature_base_string", base_string}}};
    const auto advice = advice_on(problem, jira_link());
    EXPECT_THAT(advice.cause, HasSubstr("not that of the key hubkey")) << base_string;
    EXPECT_THAT(advice.hint, HasSubstr("applink key export hubkey --all")) << base_string;
  }
}

TEST(ProblemCatalogue, BlamesTheSecretWhereNoKeySigns) {
  const auto advice = advice_on({"signature_invalid", {}}, test::secret_link());
  EXPECT_THAT(advice.cause, HasSubstr("consumer secret there is not the one that is here"));
  EXPECT_THAT(advice.hint, HasSubstr("applink link set photos --consumer-secret"));
}

TEST(ProblemCatalogue, AdvisesAnotherMethodWhereThereAreOthers) {
  const auto advice = advice_on({"signature_method_rejected", {}}, test::secret_link());
  EXPECT_EQ(advice.cause, "the provider does not take HMAC-SHA256");
  EXPECT_THAT(advice.hint, HasSubstr("applink link set photos --signature-method"));
  EXPECT_THAT(advice_on({"signature_method_rejected", {}}, jira_link()).cause,
              HasSubstr("RSA-SHA1 alone"));
}

TEST(ProblemCatalogue, SeesNoProxyBeforeAProviderWhoseDanceIsElsewhere) {
  const Problem problem{
      "signature_invalid",
      {{"oauth_signature_base_string", "POST&https%3A%2F%2Fphotos.example.net%2Finitiate&a%3Db"}}};
  EXPECT_THAT(advice_on(problem, test::generic_link()).cause, HasSubstr("key hubkey"));
}

TEST(ProblemCatalogue, AdvisesALoginUnderTheLabelOfTheToken) {
  for (const auto* const name :
       {"token_rejected", "token_expired", "token_used", "token_revoked", "token_not_authorized",
        "permission_denied", "additional_authorization_required", "user_refused"}) {
    EXPECT_THAT(refused_by_jira({name, {}}, jira_link(), "second").hint,
                HasSubstr(": applink login prod --user second"));
    EXPECT_THAT(refused_by_jira({name, {}}, jira_link()).hint, EndsWith(": applink login prod"));
  }
}

TEST(ProblemCatalogue, SpeaksOfTheProductOfTheLink) {
  auto link = jira_link();
  link.product = Product::confluence;
  EXPECT_THAT(refused_by_jira({"nonce_used", {}}, link).message, HasSubstr("confluence refused"));
  link.product = Product::generic;
  EXPECT_THAT(refused_by_jira({"nonce_used", {}}, link).message, HasSubstr("the provider refused"));
}

}  // namespace
}  // namespace applink::jira
