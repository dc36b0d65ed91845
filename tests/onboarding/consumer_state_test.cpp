// Each answer to the probe, and what it says of the consumer.
#include "applink/onboarding/consumer_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/oauth1/percent_encoding.h"
#include "support/fake_transport.h"
#include "support/links.h"
#include "support/signed_requests.h"

namespace applink::onboarding {
namespace {

using testing::HasSubstr;

http::Response problem(int status, const std::string& form) {
  return {status,
          {{"Content-Type", "application/x-www-form-urlencoded;charset=UTF-8"},
           {"WWW-Authenticate", "OAuth realm=\"https%3A%2F%2Fjira.example.com%2Fjira\""}},
          form};
}

ConsumerAnswer asked(http::Response response) {
  const test::TestSigner signing(test::jira_link());
  test::FakeTransport transport({std::move(response)});
  return ask_for_consumer(transport, signing.signer);
}

/// Says that it signed what was sent to it, as a transport that reads it; `changed` is in its way.
class Signing final : public http::Transport {
 public:
  explicit Signing(std::string path) : path_(std::move(path)) {}
  Result<http::Response> send(const http::Request& request) override {
    const std::string url =
        "https://jira.example.com" + path_ + "/plugins/servlet/oauth/request-token";
    const std::string base_string = test::base_string_at(request, url);
    return problem(401, "oauth_problem=signature_invalid&oauth_signature_base_string=" +
                            oauth1::percent_encode(base_string));
  }

 private:
  std::string path_;
};

ConsumerAnswer asked_of_server_at(const std::string& path) {
  const test::TestSigner signing(test::jira_link());
  Signing transport(path);
  return ask_for_consumer(transport, signing.signer);
}

TEST(ConsumerState, IsReadyWhereATokenIsGiven) {
  const auto answer = asked({200,
                             {{"Content-Type", "text/plain"}},
                             "oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=true"});
  EXPECT_EQ(answer.state, ConsumerState::ready);
  EXPECT_FALSE(answer.error);
}

TEST(ConsumerState, IsUnknown) {
  const auto answer = asked(problem(401, "oauth_problem=consumer_key_unknown"));
  EXPECT_EQ(answer.state, ConsumerState::unknown);
  EXPECT_THAT(answer.error->message, HasSubstr("consumer_key_unknown"));
}

TEST(ConsumerState, HasAnotherKeyWhereTheSameTextWasSigned) {
  const auto answer = asked_of_server_at("/jira");
  EXPECT_EQ(answer.state, ConsumerState::another_key);
  EXPECT_THAT(answer.error->message, HasSubstr("another public key"));
  EXPECT_EQ(asked(problem(401, "oauth_problem=signature_invalid")).state,
            ConsumerState::another_key);
}

TEST(ConsumerState, IsSeenOtherwiseBehindAProxyThatRewrites) {
  const auto answer = asked_of_server_at("/internal");
  EXPECT_EQ(answer.state, ConsumerState::seen_otherwise);
  EXPECT_THAT(answer.error->message, HasSubstr("/internal"));
}

TEST(ConsumerState, KnowsAClockThatDiffers) {
  EXPECT_EQ(asked(problem(400,
                          "oauth_problem=timestamp_refused&oauth_acceptable_timestamps="
                          "100-700"))
                .state,
            ConsumerState::clock_differs);
}

TEST(ConsumerState, IsRefusedForAnotherReason) {
  EXPECT_EQ(asked(problem(401, "oauth_problem=permission_denied")).state, ConsumerState::refused);
  EXPECT_EQ(asked({401, {}, ""}).state, ConsumerState::refused);
}

TEST(ConsumerState, IsUnreachableWhereNoProductAnswers) {
  EXPECT_EQ(asked({502, {}, "Bad Gateway"}).state, ConsumerState::unreachable);
  EXPECT_EQ(asked({200, {{"Content-Type", "text/html"}}, "<html>"}).state,
            ConsumerState::unreachable);
  const test::TestSigner signing(test::jira_link());
  test::FakeTransport transport;
  transport.answer(Error{ErrorCode::unreachable, "connection refused", "look"});
  EXPECT_EQ(ask_for_consumer(transport, signing.signer).state, ConsumerState::unreachable);
}

}  // namespace
}  // namespace applink::onboarding
