// POST /plugins/servlet/oauth/request-token.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sandbox/test_sandbox.h"

namespace applink::sandbox {
namespace {

using test::Call;
using test::form_of;
using test::header_of;
using test::hub_key;
using test::other_key;
using test::TestSandbox;
using testing::HasSubstr;
using testing::MatchesRegex;

constexpr const char* request_token_path = "/plugins/servlet/oauth/request-token";
constexpr const char* realm = R"(OAuth realm="http%3A%2F%2F127.0.0.1%3A8090%2Fjira")";

//= rfc5849#2.1
//# The server MUST verify (Section 3.2) the request and if valid, respond back to the client with a
//# set of temporary credentials
//= rfc5849#2.1
//# The response contains the following REQUIRED parameters: oauth_token The temporary credentials
//# identifier. oauth_token_secret The temporary credentials shared-secret.
//= rfc5849#2.1
//# oauth_callback_confirmed MUST be present and set to "true".
TEST(TemporaryCredentials, AreGivenAsPlainText) {
  TestSandbox sandbox;
  const auto response = sandbox.send(sandbox.request_token_call().signed_by(hub_key()));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header_of(response, "Content-Type"), "text/plain");
  EXPECT_THAT(response.body,
              MatchesRegex("oauth_token=[0-9A-Za-z]{32}&oauth_token_secret=[0-9A-Za-z]{32}"
                           "&oauth_callback_confirmed=true"));
  EXPECT_EQ(response.headers.find("WWW-Authenticate"), std::nullopt);
}

TEST(TemporaryCredentials, AreThoseOfOAuthOneZeroWithoutACallback) {
  TestSandbox sandbox;
  const auto response =
      sandbox.send(sandbox.request_token_call().without("oauth_callback").signed_by(hub_key()));
  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.body,
              MatchesRegex("oauth_token=[0-9A-Za-z]{32}&oauth_token_secret=[0-9A-Za-z]{32}"));
}

TEST(TemporaryCredentials, AreNewEachTime) {
  TestSandbox sandbox;
  EXPECT_NE(sandbox.request_token().token, sandbox.request_token().token);
}

TEST(TemporaryCredentials, AreGivenWhereverTheParametersStand) {
  TestSandbox sandbox;
  EXPECT_EQ(sandbox.send(sandbox.request_token_call().signed_in_query(hub_key())).status, 200);
  Call mixed = sandbox.call("POST", std::string(request_token_path) + "?x=1");
  mixed.form("oauth_callback=http%3A%2F%2Fhub.example%2Fcb%3Fa%3D1&y=a+b");
  EXPECT_EQ(sandbox.send(mixed.signed_by(hub_key())).status, 200);
}

TEST(TemporaryCredentials, AreNothingForGet) {
  TestSandbox sandbox;
  for (const char* method : {"GET", "HEAD"}) {
    const auto response =
        sandbox.send(sandbox.call(method, request_token_path).signed_by(hub_key()));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "");
  }
  EXPECT_EQ(sandbox.send(sandbox.call("PUT", request_token_path).signed_by(hub_key())).status, 405);
}

struct Refused {
  const char* name;
  void (*spoil)(Call&);
  int status;
  const char* body;
};

void PrintTo(const Refused& refused, std::ostream* out) {
  *out << refused.name;
}

class TemporaryCredentialsRefused : public testing::TestWithParam<Refused> {};

//= rfc5849#2.1
//# The server MUST verify (Section 3.2) the request and if valid, respond back to the client with a
//# set of temporary credentials
TEST_P(TemporaryCredentialsRefused, WithStatusHeaderAndBody) {
  TestSandbox sandbox;
  Call call = sandbox.request_token_call();
  GetParam().spoil(call);
  const auto response = sandbox.send(call.signed_by(hub_key()));
  EXPECT_EQ(response.status, GetParam().status);
  EXPECT_EQ(response.body, GetParam().body);
  EXPECT_EQ(header_of(response, "Content-Type"), "application/x-www-form-urlencoded;charset=UTF-8");
  std::string header = realm;
  for (const char* pair = GetParam().body; pair != nullptr;) {
    const std::string_view rest(pair);
    const std::size_t equals = rest.find('=');
    const std::size_t end = std::min(rest.find('&'), rest.size());
    header += ", " + std::string(rest.substr(0, equals)) + "=\"" +
              std::string(rest.substr(equals + 1, end - equals - 1)) + '"';
    pair = end == rest.size() ? nullptr : pair + end + 1;
  }
  EXPECT_EQ(header_of(response, "WWW-Authenticate"), header);
  const std::size_t challenges = response.headers.all("WWW-Authenticate").size();
  EXPECT_EQ(challenges, GetParam().status == 401 ? 2U : 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Problems, TemporaryCredentialsRefused,
    testing::Values(
        Refused{"no consumer key", [](Call& call) { call.without("oauth_consumer_key"); }, 400,
                "oauth_parameters_absent=oauth_consumer_key&oauth_problem=parameter_absent"},
        Refused{"unknown consumer", [](Call& call) { call.set("oauth_consumer_key", "hubb"); }, 401,
                "oauth_problem=consumer_key_unknown"},
        Refused{"no method", [](Call& call) { call.without("oauth_signature_method"); }, 400,
                "oauth_parameters_absent=oauth_signature_method&oauth_problem=parameter_absent"},
        Refused{"HMAC-SHA1", [](Call& call) { call.set("oauth_signature_method", "HMAC-SHA1"); },
                400, "oauth_problem=signature_method_rejected"},
        Refused{"RSA-SHA256", [](Call& call) { call.set("oauth_signature_method", "RSA-SHA256"); },
                400, "oauth_problem=signature_method_rejected"},
        Refused{"the method in small letters",
                [](Call& call) { call.set("oauth_signature_method", "rsa-sha1"); }, 400,
                "oauth_problem=signature_method_rejected"},
        Refused{"version 2.0", [](Call& call) { call.set("oauth_version", "2.0"); }, 400,
                "oauth_problem=version_rejected&oauth_acceptable_versions=1.0-1.0"},
        Refused{"no timestamp and no nonce",
                [](Call& call) { call.without("oauth_timestamp").without("oauth_nonce"); }, 400,
                "oauth_parameters_absent=oauth_timestamp%26oauth_nonce"
                "&oauth_problem=parameter_absent"},
        Refused{"a timestamp too old",
                [](Call& call) { call.set("oauth_timestamp", "1196666211"); }, 400,
                "oauth_problem=timestamp_refused"
                "&oauth_acceptable_timestamps=1196666212-1196666812"},
        Refused{"a timestamp too new",
                [](Call& call) { call.set("oauth_timestamp", "1196666813"); }, 400,
                "oauth_problem=timestamp_refused"
                "&oauth_acceptable_timestamps=1196666212-1196666812"},
        Refused{"a repeated nonce parameter",
                [](Call& call) { call.set("oauth_nonce", "a").add("oauth_nonce", "b c"); }, 400,
                "oauth_problem=parameter_rejected"
                "&oauth_parameters_rejected=oauth_nonce%3Da%26oauth_nonce%3Db%2520c"},
        Refused{"a repeated version", [](Call& call) { call.add("oauth_version", "1.0"); }, 400,
                "oauth_problem=parameter_rejected"
                "&oauth_parameters_rejected=oauth_version%3D1.0%26oauth_version%3D1.0"}));

TEST(TemporaryCredentials, TakesTimestampsToTheSecond) {
  TestSandbox sandbox;
  for (const char* timestamp : {"1196666212", "1196666812"}) {
    Call call = sandbox.request_token_call();
    EXPECT_EQ(sandbox.send(call.set("oauth_timestamp", timestamp).signed_by(hub_key())).status, 200)
        << timestamp;
  }
}

TEST(TemporaryCredentials, TakesEveryWayToWriteVersionOneOrNone) {
  TestSandbox sandbox;
  for (const char* version : {"1", "1.0", "1.00"}) {
    Call call = sandbox.request_token_call();
    EXPECT_EQ(sandbox.send(call.set("oauth_version", version).signed_by(hub_key())).status, 200);
  }
  EXPECT_EQ(sandbox.send(sandbox.request_token_call().without("oauth_version").signed_by(hub_key()))
                .status,
            200);
}

TEST(TemporaryCredentials, LetsVerifierAndHandleRepeat) {
  TestSandbox sandbox;
  Call call = sandbox.request_token_call();
  call.add("oauth_verifier", "a").add("oauth_verifier", "b");
  call.add("oauth_session_handle", "a").add("oauth_session_handle", "a");
  EXPECT_EQ(sandbox.send(call.signed_by(hub_key())).status, 200);
}

class BadCallback : public testing::TestWithParam<const char*> {};

TEST_P(BadCallback, IsRefusedWithAdvice) {
  TestSandbox sandbox;
  const auto response = sandbox.send(sandbox.request_token_call(GetParam()).signed_by(hub_key()));
  EXPECT_EQ(response.status, 400);
  auto form = form_of(response.body);
  EXPECT_EQ(form["oauth_problem"], "parameter_rejected");
  EXPECT_EQ(form["oauth_parameters_rejected"], "oauth_callback");
  EXPECT_THAT(form["oauth_problem_advice"], HasSubstr("section 6.1"));
  EXPECT_THAT(form["oauth_problem_advice"], HasSubstr("'" + std::string(GetParam()) + "'"));
  EXPECT_THAT(response.body, MatchesRegex("oauth_problem=.*&oauth_parameters_rejected=.*"
                                          "&oauth_problem_advice=.*"));
}

INSTANTIATE_TEST_SUITE_P(Callbacks, BadCallback,
                         testing::Values("", "OOB", "/callback", "ftp://hub.example/",
                                         "hub.example", "http://", "javascript:alert(1)",
                                         "http://hub.example/\r\nX: y", "http://hub.example/ x"));

TEST(TemporaryCredentials, ShowTheServersBaseStringBesideAnInvalidSignature) {
  TestSandbox sandbox;
  Call call = sandbox.request_token_call();
  const auto response = sandbox.send(call.signed_by(other_key()));
  EXPECT_EQ(response.status, 401);
  auto form = form_of(response.body);
  EXPECT_EQ(form["oauth_problem"], "signature_invalid");
  EXPECT_EQ(form["oauth_signature_base_string"], call.base_string());
  EXPECT_EQ(form["oauth_signature_method"], "RSA-SHA1");
  EXPECT_EQ(form["oauth_signature"].size(), 344U);
  EXPECT_THAT(response.body, MatchesRegex("oauth_problem=.*&oauth_signature=.*"
                                          "&oauth_signature_base_string=.*"
                                          "&oauth_signature_method=RSA-SHA1"));
}

TEST(TemporaryCredentials, MissASignature) {
  TestSandbox sandbox;
  const auto response = sandbox.send(sandbox.request_token_call().as_it_is());
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.body,
            "oauth_parameters_absent=oauth_signature&oauth_problem=parameter_absent");
}

TEST(TemporaryCredentials, AreSignedForTheHostAsItIsSent) {
  TestSandbox sandbox;
  auto request = sandbox.request_token_call().signed_by(hub_key());
  request.headers.set("Host", "localhost:8090");
  const auto response = sandbox.send(request);
  EXPECT_EQ(response.status, 401);
  EXPECT_THAT(form_of(response.body)["oauth_signature_base_string"],
              HasSubstr("http%3A%2F%2Flocalhost%3A8090%2Fjira%2Fplugins"));
  auto other = sandbox.request_token_call().signed_by(hub_key());
  other.headers.set("Host", "127.0.0.1:8090");
  EXPECT_EQ(sandbox.send(other).status, 200);
}

TEST(TemporaryCredentials, AreRefusedToAConsumerWithoutThreeLeggedOAuth) {
  Config config = test::test_config();
  config.consumers.front().three_legged = ThreeLeggedOAuth::refused;
  TestSandbox sandbox(std::move(config));
  const auto response = sandbox.send(sandbox.request_token_call("nonsense").signed_by(other_key()));
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(response.body, "oauth_problem=permission_denied");
}

TEST(TemporaryCredentials, CrashWhereANumberIsNone) {
  TestSandbox sandbox;
  for (const char* name : {"oauth_timestamp", "oauth_version"}) {
    Call call = sandbox.request_token_call();
    const auto response = sandbox.send(call.set(name, "soon").signed_by(hub_key()));
    EXPECT_EQ(response.status, 500);
    EXPECT_EQ(header_of(response, "Content-Type"), "text/html;charset=UTF-8");
    EXPECT_EQ(response.headers.find("WWW-Authenticate"), std::nullopt);
  }
}

TEST(TemporaryCredentials, CrashWhereAnEscapeIsBroken) {
  TestSandbox sandbox;
  auto request = sandbox.request_token_call().signed_by(hub_key());
  request.headers.add("Authorization", "OAuth x=\"%\"");
  EXPECT_EQ(sandbox.send(request).status, 500);
}

}  // namespace
}  // namespace applink::sandbox
