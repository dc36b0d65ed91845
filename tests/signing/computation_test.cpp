#include "applink/signing/computation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/signed_requests.h"

namespace applink::signing {
namespace {

using oauth1::FormBodyRule;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;
using Source = ParameterSource;

http::Request form(const char* method) {
  return {method,
          test::url("https://jira.example.com/jira/x?b=2&a=1"),
          {{"Content-Type", "application/x-www-form-urlencoded"}},
          "c=d+e"};
}

Computation computed(const http::Request& request) {
  const test::TestSigner test;
  const SigningChoices choices{.nonce = "n", .timestamp = Timestamp(std::chrono::seconds(7))};
  const auto signature = test.signer.signature(request, {.token = "t"}, choices).value();
  return computation_of(request, signature, FormBodyRule::post_only).value();
}

TEST(Computation, SaysWhereEachParameterCameFrom) {
  EXPECT_THAT(computed(form("POST")).parameters,
              ElementsAre(SourcedParameter{"b", "2", Source::query},
                          SourcedParameter{"a", "1", Source::query},
                          SourcedParameter{"oauth_consumer_key", "hub", Source::signature},
                          SourcedParameter{"oauth_token", "t", Source::signature},
                          SourcedParameter{"oauth_signature_method", "RSA-SHA1", Source::signature},
                          SourcedParameter{"oauth_timestamp", "7", Source::signature},
                          SourcedParameter{"oauth_nonce", "n", Source::signature},
                          SourcedParameter{"oauth_version", "1.0", Source::signature},
                          SourcedParameter{"c", "d e", Source::form_body}));
}

TEST(Computation, ReadsTheSortedListInTheBaseString) {
  EXPECT_THAT(computed(form("POST")).sorted,
              ElementsAre("a=1", "b=2", "c=d%20e", "oauth_consumer_key=hub", "oauth_nonce=n",
                          "oauth_signature_method=RSA-SHA1", "oauth_timestamp=7", "oauth_token=t",
                          "oauth_version=1.0"));
}

TEST(Computation, KnowsTheThreeParts) {
  const auto parts = computed(form("POST")).parts;
  EXPECT_EQ(parts[0], "POST");
  EXPECT_EQ(parts[1], "https%3A%2F%2Fjira.example.com%2Fjira%2Fx");
  EXPECT_THAT(parts[2], testing::StartsWith("a%3D1%26b%3D2%26c%3Dd%2520e%26oauth_consumer_key"));
}

TEST(Computation, LeavesOutAFormThatTheProductDoesNotRead) {
  const auto put = computed(form("PUT"));
  EXPECT_THAT(put.parameters, Not(Contains(SourcedParameter{"c", "d e", Source::form_body})));
  EXPECT_THAT(put.sorted, Not(Contains("c=d%20e")));
}

}  // namespace
}  // namespace applink::signing
