// What a client meets when a mishap strikes: status, headers and body of each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "applink/crypto/key_formats.h"
#include "sandbox/test_sandbox.h"

namespace applink::sandbox {
namespace {

using namespace std::chrono_literals;
using test::Browser;
using test::Call;
using test::form_of;
using test::header_of;
using test::hub_key;
using test::other_key;
using test::TestSandbox;
using testing::HasSubstr;
using testing::StartsWith;

PublicKey shared(const crypto::RsaPrivateKey& key) {
  return std::make_shared<const crypto::RsaPublicKey>(key.public_key());
}

/// A sandbox whose user has gone through the dance, and whose mishaps begin after it.
class MishapEffect : public testing::Test {
 protected:
  /// Through the control endpoint, as a test of somebody else's client would.
  std::string add(const std::string& mishap) {
    const auto response = control("POST", "/mishaps", R"({"mishap":")" + mishap + "\"}");
    EXPECT_EQ(response.status, 201) << response.body;
    return response.body;
  }
  http::Response control(const std::string& method, const std::string& path,
                         const std::string& body) {
    Call call(method, std::string(test::origin) + "/sandbox-control" + path);
    return sandbox.send(call.header("Authorization", "Bearer secret").json(body).as_it_is());
  }
  static Config config() {
    Config config = test::test_config();
    config.control_token = "secret";
    config.consumers.front().previous_key = shared(other_key());
    return config;
  }

  Call call(const char* method = "GET", std::string_view path = "/rest/api/2/myself") {
    return sandbox.resource_call(method, path, token);
  }
  http::Response get() { return sandbox.send(call().signed_by(hub_key())); }
  http::Response get_by(const crypto::RsaPrivateKey& key) {
    return sandbox.send(call().signed_by(key));
  }
  http::Response put() {
    return sandbox.send(call("PUT", "/rest/api/2/issue/TEST-1")
                            .json(R"({"fields":{"summary":"x"}})")
                            .signed_by(hub_key()));
  }
  http::Response ask_for_token() {
    return sandbox.send(sandbox.request_token_call().signed_by(hub_key()));
  }
  std::string problem(const http::Response& response) {
    return form_of(response.body)["oauth_problem"];
  }

  TestSandbox sandbox{config()};
  std::string token = sandbox.access_token().token;
};

TEST_F(MishapEffect, ClockOffRefusesTimestampsAndNamesItsOwn) {
  add("clock-off=-400");
  for (const auto& response : {ask_for_token(), get()}) {
    EXPECT_EQ(response.status, 400);
    auto form = form_of(response.body);
    EXPECT_EQ(form["oauth_problem"], "timestamp_refused");
    EXPECT_EQ(form["oauth_acceptable_timestamps"], "1196665812-1196666412");
  }
}

TEST_F(MishapEffect, ConsumerUnknownTakesTheTokensWithIt) {
  add("consumer-unknown");
  EXPECT_EQ(problem(ask_for_token()), "consumer_key_unknown");
  EXPECT_EQ(problem(get()), "token_rejected");
}

TEST_F(MishapEffect, KeyReplacedShowsTheBaseString) {
  add("key-replaced");
  EXPECT_EQ(problem(ask_for_token()), "signature_invalid");
  auto form = form_of(get().body);
  EXPECT_EQ(form["oauth_problem"], "signature_invalid");
  EXPECT_THAT(form["oauth_signature_base_string"], StartsWith("GET&http%3A%2F%2F127.0.0.1%3A8090"));
}

TEST_F(MishapEffect, TwoNodesTakeTurnsWithTheirKeys) {
  add("two-nodes@resource");
  EXPECT_EQ(get_by(hub_key()).status, 200);
  EXPECT_EQ(get_by(other_key()).status, 200);
  EXPECT_EQ(get_by(other_key()).status, 401);
  EXPECT_EQ(problem(get_by(hub_key())), "signature_invalid");
}

TEST_F(MishapEffect, TwoNodesShareNoNonces) {
  const auto again = [this](const http::Request& request) {
    return form_of(sandbox.send(request).body)["oauth_problem"];
  };
  const auto alone = call().signed_by(hub_key());
  EXPECT_EQ(again(alone), "");
  EXPECT_EQ(again(alone), "nonce_used");
  add("two-nodes");
  const auto shared_by_two = call().signed_by(hub_key());
  EXPECT_EQ(again(shared_by_two), "");
  EXPECT_EQ(again(shared_by_two), "signature_invalid") << "the other node has not seen the nonce";
}

/// The public key is another one, as an administrator replaces it.
class StaleKey : public MishapEffect {
 protected:
  void replace_key() {
    const std::string pem = crypto::to_spki_pem(other_key().public_key());
    const auto response =
        control("PUT", "/consumers/hub", nlohmann::json{{"public_key", pem}}.dump());
    ASSERT_EQ(response.status, 200) << response.body;
  }
};

TEST_F(StaleKey, IsNoneWithoutTheMishap) {
  EXPECT_EQ(get_by(hub_key()).status, 200);
  replace_key();
  EXPECT_EQ(problem(get_by(hub_key())), "signature_invalid");
  EXPECT_EQ(get_by(other_key()).status, 200);
}

TEST_F(StaleKey, LastsForAsLongAsTheTokenIsUsed) {
  add("stale-key");
  EXPECT_EQ(get_by(hub_key()).status, 200);
  replace_key();
  for (int i = 0; i < 5; ++i) {
    sandbox.clock().advance(25min);
    EXPECT_EQ(get_by(hub_key()).status, 200) << "used every 25 minutes";
    EXPECT_EQ(problem(get_by(other_key())), "signature_invalid");
  }
  EXPECT_EQ(problem(ask_for_token()), "signature_invalid") << "the first leg reads the consumer";
  sandbox.clock().advance(30min + 1s);
  EXPECT_EQ(problem(get_by(hub_key())), "signature_invalid");
  EXPECT_EQ(get_by(other_key()).status, 200);
}

TEST_F(StaleKey, LastsForAFixedTime) {
  add("stale-key=fixed:600");
  EXPECT_EQ(get_by(hub_key()).status, 200);
  replace_key();
  sandbox.clock().advance(5min);
  EXPECT_EQ(get_by(hub_key()).status, 200);
  sandbox.clock().advance(5min + 1s);
  EXPECT_EQ(get_by(other_key()).status, 200);
}

TEST_F(MishapEffect, TokensAreLostInEveryWay) {
  for (const auto& [mishap, problem_there] :
       {std::pair("token-expired", "token_expired"), std::pair("token-revoked", "token_rejected"),
        std::pair("token-of-another-consumer", "token_rejected")}) {
    control("DELETE", "/mishaps", "");
    add(mishap);
    const auto response = get();
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(problem(response), problem_there) << mishap;
  }
}

TEST_F(MishapEffect, TokensAreLostAtTheExchangeToo) {
  const auto exchanged = [this](const std::string& mishap) {
    control("DELETE", "/mishaps", "");
    const auto request_token = sandbox.request_token();
    const std::string verifier = sandbox.allow(request_token.token);
    add(mishap + "@access-token");
    return problem(
        sandbox.send(sandbox.exchange_call(request_token.token, verifier).signed_by(hub_key())));
  };
  EXPECT_EQ(exchanged("token-expired"), "token_expired");
  EXPECT_EQ(exchanged("token-revoked"), "token_rejected");
  EXPECT_EQ(exchanged("token-of-another-consumer"), "token_rejected");
  EXPECT_EQ(exchanged("clock-off"), "timestamp_refused");
}

TEST_F(MishapEffect, TokensAreLostOnTheAuthorizePage) {
  const auto request_token = sandbox.request_token();
  add("token-expired@authorize");
  const auto page =
      sandbox.get("/plugins/servlet/oauth/authorize?oauth_token=" + request_token.token);
  EXPECT_EQ(page.status, 401);
  EXPECT_THAT(header_of(page, "WWW-Authenticate"), HasSubstr("oauth_problem=\"token_expired\""));
}

TEST_F(MishapEffect, UserDeactivatedEchoesTheRequest) {
  add("user-deactivated");
  const auto response = get();
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(response.body, "");
  EXPECT_THAT(header_of(response, "WWW-Authenticate"), HasSubstr("oauth_consumer_key=\"hub\""));
}

TEST_F(MishapEffect, CaptchaIsAForbiddenPage) {
  add("captcha");
  const auto response = get();
  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(header_of(response, "X-Authentication-Denied-Reason"),
            "CAPTCHA_CHALLENGE; login-url=http://127.0.0.1:8090/jira/login.jsp");
  EXPECT_THAT(response.body, HasSubstr("AUTHENTICATION_DENIED"));
}

TEST_F(MishapEffect, LoginPageStandsInForAnyAnswer) {
  add("login-page");
  for (const auto& response : {get(), ask_for_token()}) {
    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(header_of(response, "Content-Type"), StartsWith("text/html"));
    EXPECT_THAT(response.body, HasSubstr("os_password"));
  }
  control("DELETE", "/mishaps", "");
  add("login-page=redirect");
  const auto redirect = get();
  EXPECT_EQ(redirect.status, 302);
  EXPECT_EQ(header_of(redirect, "Location"),
            "/jira/login.jsp?os_destination=%2Frest%2Fapi%2F2%2Fmyself");
}

TEST_F(MishapEffect, AnonymousRunsAsNobody) {
  add("anonymous");
  const auto search = sandbox.send(call("GET", "/rest/api/2/search?jql=").signed_by(hub_key()));
  EXPECT_EQ(search.status, 200);
  EXPECT_EQ(header_of(search, "X-AUSERNAME"), "anonymous");
  EXPECT_EQ(header_of(search, "X-Seraph-LoginReason"), "AUTHENTICATION_DENIED");
  EXPECT_EQ(get().status, 401);
  control("DELETE", "/mishaps", "");
  add("anonymous=empty");
  const auto empty = get();
  EXPECT_EQ(empty.status, 200);
  EXPECT_EQ(empty.body, "");
  EXPECT_EQ(header_of(empty, "X-Seraph-LoginReason"), "AUTHENTICATED_FAILED");
}

TEST_F(MishapEffect, WebSudoIsXmlUnlessJsonIsAskedFor) {
  add("websudo");
  const auto xml = get();
  EXPECT_EQ(xml.status, 401);
  EXPECT_THAT(xml.body, HasSubstr("<status><status-code>401</status-code><message>This resource "
                                  "requires WebSudo.</message></status>"));
  const auto json = sandbox.send(call().header("Accept", "application/json").signed_by(hub_key()));
  EXPECT_EQ(json.body, R"({"message":"This resource requires WebSudo.","status-code":401})");
  EXPECT_EQ(problem(get_by(other_key())), "signature_invalid") << "first of all the signature";
}

TEST_F(MishapEffect, XsrfRefusesChangesWithoutTheHeader) {
  add("xsrf");
  EXPECT_EQ(get().status, 200);
  const auto refused = put();
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.body, "XSRF check failed");
  const auto waived = sandbox.send(call("PUT", "/rest/api/2/issue/TEST-1")
                                       .header("X-Atlassian-Token", "no-check")
                                       .json(R"({"fields":{"summary":"x"}})")
                                       .signed_by(hub_key()));
  EXPECT_EQ(waived.status, 204);
}

TEST_F(MishapEffect, XsrfOnThePagesIsAPage) {
  add("xsrf@authorize");
  Browser browser(sandbox);
  const auto response = browser.log_in("alice", "alice");
  EXPECT_EQ(response.status, 403);
  EXPECT_THAT(response.body, HasSubstr("Xsrf token validation failed"));
}

TEST_F(MishapEffect, ProxyChangesTheUrlUnderTheSignature) {
  for (const auto& [mishap, seen] :
       {std::pair("wrong-scheme", "GET&https%3A%2F%2F127.0.0.1%3A8090%2Fjira%2Frest"),
        std::pair("wrong-host", "GET&http%3A%2F%2Fjira.internal%3A8080%2Fjira%2Frest"),
        std::pair("wrong-host=jira", "GET&http%3A%2F%2Fjira%2Fjira%2Frest"),
        std::pair("rewritten-path", "GET&http%3A%2F%2F127.0.0.1%3A8090%2Finternal%2Frest"),
        std::pair("rewritten-path=/", "GET&http%3A%2F%2F127.0.0.1%3A8090%2Frest")}) {
    control("DELETE", "/mishaps", "");
    add(mishap);
    auto form = form_of(get().body);
    EXPECT_EQ(form["oauth_problem"], "signature_invalid") << mishap;
    EXPECT_THAT(form["oauth_signature_base_string"], StartsWith(seen)) << mishap;
  }
}

TEST_F(MishapEffect, DroppedHeaderLeavesNothingOfTheSignature) {
  add("dropped-header");
  auto form = form_of(ask_for_token().body);
  EXPECT_EQ(form["oauth_problem"], "parameter_absent");
  EXPECT_EQ(form["oauth_parameters_absent"], "oauth_consumer_key");
  EXPECT_EQ(header_of(get(), "X-AUSERNAME"), "anonymous");
  const auto in_query = sandbox.send(call().signed_in_query(hub_key()));
  EXPECT_EQ(in_query.status, 200) << "what stands in the query goes through";
}

TEST_F(MishapEffect, EatenBodyIsMissed) {
  add("eaten-body");
  EXPECT_EQ(put().status, 400);
  const auto form =
      sandbox.send(call("POST", "/rest/api/2/search").form("jql=x").signed_by(hub_key()));
  EXPECT_EQ(problem(form), "signature_invalid");
}

TEST_F(MishapEffect, ProxyAnswersForTheProduct) {
  add("bad-gateway");
  EXPECT_EQ(get().status, 502);
  EXPECT_EQ(sandbox.get("/").status, 502);
  control("DELETE", "/mishaps", "");
  add("unavailable=7");
  const auto response = get();
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(header_of(response, "Retry-After"), "7");
  EXPECT_THAT(response.body, HasSubstr("503 Service Unavailable"));
}

TEST(MishapsOfTheStart, AreOn) {
  Config config = test::test_config();
  config.mishaps.push_back(parse_mishap("bad-gateway@resource").value());
  TestSandbox sandbox(std::move(config));
  EXPECT_EQ(sandbox.get("/rest/api/2/serverInfo").status, 502);
  EXPECT_EQ(sandbox.get("/").status, 200);
}

}  // namespace
}  // namespace applink::sandbox
