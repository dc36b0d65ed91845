// POST /plugins/servlet/oauth/access-token: the exchange, and renewal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sandbox/test_sandbox.h"
#include "support/temp_dir.h"

namespace applink::sandbox {
namespace {

using namespace std::chrono_literals;

using test::Call;
using test::form_of;
using test::header_of;
using test::hub_key;
using test::other_key;
using test::TestSandbox;
using testing::MatchesRegex;

std::string refused(const http::Response& response, int status) {
  EXPECT_EQ(response.status, status) << response.body;
  return form_of(response.body)["oauth_problem"];
}

TEST(TokenCredentials, AreGivenForAnAllowedTokenAndItsVerifier) {
  TestSandbox sandbox;
  const auto request_token = sandbox.request_token();
  const std::string verifier = sandbox.allow(request_token.token);
  EXPECT_THAT(verifier, MatchesRegex("[0-9A-Za-z]{6}"));
  const auto response =
      sandbox.send(sandbox.exchange_call(request_token.token, verifier).signed_by(hub_key()));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header_of(response, "Content-Type"), "text/plain");
  EXPECT_THAT(response.body,
              MatchesRegex("oauth_token=[0-9A-Za-z]{32}&oauth_token_secret=[0-9A-Za-z]{32}"
                           "&oauth_expires_in=157680000&oauth_session_handle=[0-9A-Za-z]{32}"
                           "&oauth_authorization_expires_in=160272000"));
  EXPECT_EQ(form_of(response.body)["oauth_token_secret"], request_token.secret);
  EXPECT_NE(form_of(response.body)["oauth_token"], request_token.token);
}

//= rfc5849#2
//# The server MUST revoke the temporary credentials after being used once to obtain the token
//# credentials.
//= rfc5849#2.3
//# The server MUST verify (Section 3.2) the validity of the request, ensure that the resource owner
//# has authorized the provisioning of token credentials to the client, and ensure that the
//# temporary credentials have not expired or been used before.
TEST(TokenCredentials, AreGivenOnce) {
  TestSandbox sandbox;
  const std::string token = sandbox.request_token().token;
  const std::string verifier = sandbox.allow(token);
  sandbox.exchange(token, verifier);
  EXPECT_EQ(refused(sandbox.send(sandbox.exchange_call(token, verifier).signed_by(hub_key())), 401),
            "token_rejected");
}

TEST(TokenCredentials, NeedNoVerifierInOAuthOneZero) {
  TestSandbox sandbox;
  const auto response =
      sandbox.send(sandbox.request_token_call().without("oauth_callback").signed_by(hub_key()));
  const std::string token = form_of(response.body)["oauth_token"];
  EXPECT_EQ(sandbox.allow(token), "");
  Call call = sandbox.exchange_call(token, "").without("oauth_verifier");
  EXPECT_EQ(sandbox.send(call.signed_by(hub_key())).status, 200);
}

TEST(TokenCredentials, AreNothingForGet) {
  TestSandbox sandbox;
  const auto response = sandbox.get("/plugins/servlet/oauth/access-token");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "");
}

TEST(TokenCredentials, NeedAToken) {
  TestSandbox sandbox;
  const auto response =
      sandbox.send(sandbox.exchange_call("", "x").without("oauth_token").signed_by(hub_key()));
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.body, "oauth_parameters_absent=oauth_token&oauth_problem=parameter_absent");
}

TEST(TokenCredentials, AreRefusedForAnUnknownToken) {
  TestSandbox sandbox;
  EXPECT_EQ(refused(sandbox.send(sandbox.exchange_call("nope", "x").signed_by(hub_key())), 401),
            "token_rejected");
}

//= rfc5849#2.3
//# The server MUST verify (Section 3.2) the validity of the request, ensure that the resource owner
//# has authorized the provisioning of token credentials to the client, and ensure that the
//# temporary credentials have not expired or been used before.
TEST(TokenCredentials, WaitForTheUser) {
  TestSandbox sandbox;
  const std::string token = sandbox.request_token().token;
  EXPECT_EQ(refused(sandbox.send(sandbox.exchange_call(token, "x").signed_by(hub_key())), 401),
            "permission_unknown");
}

TEST(TokenCredentials, AreRefusedAfterDeny) {
  TestSandbox sandbox;
  const std::string token = sandbox.request_token().token;
  sandbox.deny(token);
  EXPECT_EQ(refused(sandbox.send(sandbox.exchange_call(token, "denied").signed_by(hub_key())), 401),
            "permission_denied");
}

//= rfc5849#2.2
//# the server MUST generate a verification code: an unguessable value passed to the client via the
//# resource owner and REQUIRED to complete the process.
//= rfc5849#2.3
//# The server MUST also verify the verification code received from the client.
TEST(TokenCredentials, NeedTheVerifier) {
  TestSandbox sandbox;
  const std::string token = sandbox.request_token().token;
  const std::string verifier = sandbox.allow(token);
  Call without = sandbox.exchange_call(token, verifier).without("oauth_verifier");
  EXPECT_EQ(refused(sandbox.send(without.signed_by(hub_key())), 400), "parameter_absent");
  EXPECT_EQ(refused(sandbox.send(sandbox.exchange_call(token, "").signed_by(hub_key())), 401),
            "token_rejected");
}

TEST(TokenCredentials, AreForTheConsumerThatAsked) {
  Config config = test::test_config();
  config.consumers.push_back(test::consumer("second", other_key()));
  TestSandbox sandbox(std::move(config));
  const std::string token = sandbox.request_token().token;
  Call call = sandbox.exchange_call(token, sandbox.allow(token));
  EXPECT_EQ(
      refused(sandbox.send(call.set("oauth_consumer_key", "second").signed_by(other_key())), 401),
      "token_rejected");
}

//= rfc5849#2.3
//# The server MUST verify (Section 3.2) the validity of the request, ensure that the resource owner
//# has authorized the provisioning of token credentials to the client, and ensure that the
//# temporary credentials have not expired or been used before.
TEST(TokenCredentials, AreToBeHadForTenMinutes) {
  TestSandbox sandbox;
  const std::string early = sandbox.request_token().token;
  const std::string late = sandbox.request_token().token;
  const std::string early_verifier = sandbox.allow(early);
  const std::string late_verifier = sandbox.allow(late);
  sandbox.clock().advance(10min);
  sandbox.exchange(early, early_verifier);
  sandbox.clock().advance(1s);
  EXPECT_EQ(
      refused(sandbox.send(sandbox.exchange_call(late, late_verifier).signed_by(hub_key())), 401),
      "token_expired");
  sandbox.clock().advance(24h);
  EXPECT_EQ(
      refused(sandbox.send(sandbox.exchange_call(late, late_verifier).signed_by(hub_key())), 401),
      "token_expired");
}

TEST(Renewal, GivesANewTokenAndHandleAndTakesTheOldOnes) {
  TestSandbox sandbox;
  const auto old = sandbox.access_token();
  const auto response = sandbox.send(sandbox.renewal_call(old).signed_by(hub_key()));
  EXPECT_EQ(response.status, 200);
  auto form = form_of(response.body);
  EXPECT_NE(form["oauth_token"], old.token);
  EXPECT_NE(form["oauth_session_handle"], old.session_handle);
  EXPECT_EQ(form["oauth_token_secret"], old.secret);
  EXPECT_EQ(form["oauth_expires_in"], "157680000");
  EXPECT_EQ(refused(sandbox.send(sandbox.renewal_call(old).signed_by(hub_key())), 401),
            "token_rejected");
  EXPECT_EQ(refused(sandbox.send(sandbox.resource_call("GET", "/rest/api/2/myself", old.token)
                                     .signed_by(hub_key())),
                    401),
            "token_rejected");
  EXPECT_EQ(sandbox
                .send(sandbox.resource_call("GET", "/rest/api/2/myself", form["oauth_token"])
                          .signed_by(hub_key()))
                .status,
            200);
}

TEST(Renewal, NeedsTheHandle) {
  TestSandbox sandbox;
  auto access = sandbox.access_token();
  Call without = sandbox.renewal_call(access).without("oauth_session_handle");
  const auto response = sandbox.send(without.signed_by(hub_key()));
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.body,
            "oauth_parameters_absent=oauth_session_handle&oauth_problem=parameter_absent");
  access.session_handle = "wrong";
  EXPECT_EQ(refused(sandbox.send(sandbox.renewal_call(access).signed_by(other_key())), 401),
            "token_rejected");
}

TEST(Renewal, IsSignedByTheConsumerOfTheToken) {
  TestSandbox sandbox;
  const auto access = sandbox.access_token();
  EXPECT_EQ(refused(sandbox.send(sandbox.renewal_call(access).signed_by(other_key())), 401),
            "signature_invalid");
  Call unnamed = sandbox.renewal_call(access).without("oauth_consumer_key");
  EXPECT_EQ(refused(sandbox.send(unnamed.signed_by(hub_key())), 400), "parameter_absent");
  EXPECT_EQ(sandbox.send(sandbox.renewal_call(access).signed_by(hub_key())).status, 200);
}

TEST(Renewal, WorksForAnExpiredTokenWhileTheSessionLives) {
  TestSandbox sandbox;
  const auto access = sandbox.access_token();
  sandbox.clock().advance(157680000s + 1s);
  EXPECT_EQ(refused(sandbox.send(sandbox.resource_call("GET", "/rest/api/2/myself", access.token)
                                     .signed_by(hub_key())),
                    401),
            "token_expired");
  EXPECT_EQ(sandbox.send(sandbox.renewal_call(access).signed_by(hub_key())).status, 200);
}

TEST(Renewal, EndsWithTheSessionMeasuredFromTheLastRenewal) {
  TestSandbox sandbox;
  const auto first = sandbox.access_token();
  sandbox.clock().advance(160272000s);
  auto form = form_of(sandbox.send(sandbox.renewal_call(first).signed_by(hub_key())).body);
  const test::AccessTokenAnswer second{form["oauth_token"], "", form["oauth_session_handle"]};
  sandbox.clock().advance(160272000s);
  form = form_of(sandbox.send(sandbox.renewal_call(second).signed_by(hub_key())).body);
  const test::AccessTokenAnswer third{form["oauth_token"], "", form["oauth_session_handle"]};
  sandbox.clock().advance(160272001s);
  EXPECT_EQ(refused(sandbox.send(sandbox.renewal_call(third).signed_by(hub_key())), 401),
            "permission_denied");
}

TEST(TokenCredentials, AreLostToNobodyWhenTheStateCannotBeWritten) {
  const test::TempDir dir;
  std::filesystem::create_directory(dir / "d");
  TestSandbox sandbox(test::test_config(), Ledger::open(dir / "d/state").value());
  const std::string token = sandbox.request_token().token;
  const std::string verifier = sandbox.allow(token);
  std::filesystem::rename(dir / "d", dir / "e");
  EXPECT_EQ(sandbox.send(sandbox.request_token_call().signed_by(hub_key())).status, 500);
  EXPECT_EQ(sandbox.send(sandbox.exchange_call(token, verifier).signed_by(hub_key())).status, 500);
  std::filesystem::rename(dir / "e", dir / "d");
  EXPECT_EQ(sandbox.send(sandbox.exchange_call(token, verifier).signed_by(hub_key())).status, 200);
}

TEST(TokenCredentials, OutliveARestart) {
  const test::TempDir dir;
  std::string token;
  {
    TestSandbox sandbox(test::test_config(), Ledger::open(dir / "state").value());
    token = sandbox.access_token().token;
  }
  TestSandbox sandbox(test::test_config(), Ledger::open(dir / "state").value());
  EXPECT_EQ(
      sandbox.send(sandbox.resource_call("GET", "/rest/api/2/myself", token).signed_by(hub_key()))
          .status,
      200);
}

TEST(TokenCredentials, GoWithTheirConsumer) {
  const test::TempDir dir;
  test::AccessTokenAnswer access;
  std::string request_token;
  {
    TestSandbox sandbox(test::test_config(), Ledger::open(dir / "state").value());
    access = sandbox.access_token();
    request_token = sandbox.request_token().token;
  }
  Config config = test::test_config();
  config.consumers.front().key = "other";
  TestSandbox sandbox(std::move(config), Ledger::open(dir / "state").value());
  for (const Call& call : {sandbox.renewal_call(access), sandbox.exchange_call(request_token, "x"),
                           sandbox.resource_call("GET", "/rest/api/2/myself", access.token)}) {
    EXPECT_EQ(refused(sandbox.send(call.signed_by(hub_key())), 401), "token_rejected");
  }
}

}  // namespace
}  // namespace applink::sandbox
