// Two faults in one request: which of them Jira sees first.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sandbox/test_sandbox.h"

namespace applink::sandbox {
namespace {

using test::Call;
using test::form_of;
using test::hub_key;
using test::other_key;
using test::TestSandbox;

std::string problem(const http::Response& response) {
  return form_of(response.body)["oauth_problem"];
}

// Each spoils what is looked at later than what the one before it spoils.
struct Fault {
  const char* problem;
  void (*spoil)(Call&);
};

constexpr Fault in_order[] = {
    {"parameter_absent", [](Call& call) { call.without("oauth_consumer_key"); }},
    {"consumer_key_unknown", [](Call& call) { call.set("oauth_consumer_key", "nobody"); }},
    {"parameter_rejected", [](Call& call) { call.set("oauth_callback", "nowhere"); }},
    {"parameter_absent", [](Call& call) { call.without("oauth_signature_method"); }},
    {"signature_method_rejected",
     [](Call& call) { call.set("oauth_signature_method", "PLAINTEXT"); }},
    {"parameter_rejected", [](Call& call) { call.add("oauth_version", "1.0"); }},
    {"version_rejected", [](Call& call) { call.set("oauth_version", "1.1"); }},
    {"parameter_absent", [](Call& call) { call.without("oauth_nonce"); }},
    {"timestamp_refused", [](Call& call) { call.set("oauth_timestamp", "1"); }},
    {"nonce_used", [](Call& call) { call.set("oauth_nonce", "burnt"); }},
    {"signature_invalid", [](Call&) {}},
};

TEST(OrderOfChecks, OfTheRequestTokenIsJiras) {
  for (std::size_t first = 0; first < std::size(in_order); ++first) {
    TestSandbox sandbox;
    Call burn = sandbox.request_token_call();
    ASSERT_EQ(sandbox.send(burn.set("oauth_nonce", "burnt").signed_by(hub_key())).status, 200);
    Call call = sandbox.request_token_call();
    // From the last to the first, so that what is spoilt first has the last word on a parameter.
    for (std::size_t i = std::size(in_order); i-- > first;) in_order[i].spoil(call);
    EXPECT_EQ(problem(sandbox.send(call.signed_by(other_key()))), in_order[first].problem) << first;
  }
}

TEST(OrderOfChecks, BurnsTheNonceBeforeTheSignature) {
  TestSandbox sandbox;
  Call call = sandbox.request_token_call();
  EXPECT_EQ(problem(sandbox.send(call.signed_by(other_key()))), "signature_invalid");
  EXPECT_EQ(problem(sandbox.send(call.signed_by(hub_key()))), "nonce_used");
}

TEST(OrderOfChecks, BurnsNoNonceBeforeTheTimestamp) {
  TestSandbox sandbox;
  Call call = sandbox.request_token_call();
  Call late = call;
  late.set("oauth_timestamp", "1");
  EXPECT_EQ(problem(sandbox.send(late.signed_by(hub_key()))), "timestamp_refused");
  EXPECT_EQ(sandbox.send(call.signed_by(hub_key())).status, 200);
}

TEST(OrderOfChecks, HidesAWrongSignatureBehindAWrongVerifier) {
  TestSandbox sandbox;
  const std::string token = sandbox.request_token().token;
  const std::string verifier = sandbox.allow(token);
  EXPECT_EQ(problem(sandbox.send(sandbox.exchange_call(token, "wrong").signed_by(other_key()))),
            "token_rejected");
  EXPECT_EQ(problem(sandbox.send(sandbox.exchange_call(token, verifier).signed_by(other_key()))),
            "signature_invalid");
  EXPECT_EQ(sandbox.send(sandbox.exchange_call(token, verifier).signed_by(hub_key())).status, 200);
}

TEST(OrderOfChecks, OfTheExchangeIsJiras) {
  Config config = test::test_config();
  config.consumers.push_back(test::consumer("second", other_key()));
  TestSandbox sandbox(std::move(config));
  Call call = sandbox.exchange_call("unknown", "wrong");
  call.set("oauth_consumer_key", "second").set("oauth_signature_method", "PLAINTEXT");
  EXPECT_EQ(problem(sandbox.send(call.as_it_is())), "token_rejected");

  const std::string token = sandbox.request_token().token;
  call.set("oauth_token", token);
  EXPECT_EQ(problem(sandbox.send(call.as_it_is())), "permission_unknown");
  sandbox.allow(token);
  EXPECT_EQ(problem(sandbox.send(call.as_it_is())), "token_rejected");
  call.set("oauth_consumer_key", "hub").without("oauth_verifier");
  EXPECT_EQ(problem(sandbox.send(call.as_it_is())), "parameter_absent");
  sandbox.clock().advance(std::chrono::minutes(11));
  EXPECT_EQ(problem(sandbox.send(call.as_it_is())), "token_expired");
}

TEST(OrderOfChecks, OfAResourceIsJiras) {
  TestSandbox sandbox;
  const std::string token = sandbox.access_token().token;
  Call call = sandbox.resource_call("GET", "/rest/api/2/myself", token);
  call.set("oauth_signature_method", "PLAINTEXT").set("oauth_signature", "x");
  EXPECT_EQ(problem(sandbox.send(call.as_it_is())), "signature_method_rejected");
  sandbox.clock().advance(std::chrono::days(5 * 365) + std::chrono::seconds(1));
  EXPECT_EQ(problem(sandbox.send(call.as_it_is())), "token_expired");
  call.set("oauth_consumer_key", "nobody");
  EXPECT_EQ(problem(sandbox.send(call.as_it_is())), "token_rejected");
}

}  // namespace
}  // namespace applink::sandbox
