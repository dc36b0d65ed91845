// The control endpoint, and the state that it shows.
#include "sandbox/control.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "applink/crypto/key_formats.h"
#include "sandbox/request_record.h"
#include "sandbox/test_sandbox.h"

namespace applink::sandbox {
namespace {

using nlohmann::json;

using test::Call;
using test::form_of;
using test::header_of;
using test::hub_key;
using test::other_key;
using test::TestSandbox;
using testing::HasSubstr;

Config with_control() {
  Config config = test::test_config();
  config.control_token = "secret";
  return config;
}

class Control : public testing::Test {
 protected:
  http::Response send(const std::string& method, const std::string& path,
                      const std::string& body = "") {
    Call call(method, std::string(test::origin) + "/sandbox-control" + path);
    call.header("Authorization", "Bearer secret");
    return sandbox.send(body.empty() ? call.as_it_is() : call.json(body).as_it_is());
  }
  json good(const std::string& method, const std::string& path, const std::string& body = "") {
    const auto response = send(method, path, body);
    EXPECT_LT(response.status, 300) << response.body;
    return json::parse(response.body);
  }
  void expect_refused(int status, const std::string& says, const std::string& method,
                      const std::string& path, const std::string& body = "") {
    const auto response = send(method, path, body);
    EXPECT_EQ(response.status, status) << path;
    EXPECT_THAT(json::parse(response.body)["error"].get<std::string>(), HasSubstr(says));
  }
  std::string problem_of(const std::string& token, const crypto::RsaPrivateKey& key = hub_key()) {
    const auto response =
        sandbox.send(sandbox.resource_call("GET", "/rest/api/2/myself", token).signed_by(key));
    return response.status == 200 ? "" : form_of(response.body)["oauth_problem"];
  }

  TestSandbox sandbox{with_control()};
};

TEST_F(Control, IsClosedToWhoeverLacksTheToken) {
  for (const char* header : {"", "Bearer", "Bearer wrong", "Basic secret", "secret"}) {
    Call call("GET", std::string(test::origin) + "/sandbox-control");
    const auto response = sandbox.send(call.header("Authorization", header).as_it_is());
    EXPECT_EQ(response.status, 401) << header;
    EXPECT_EQ(header_of(response, "WWW-Authenticate"), "Bearer");
    EXPECT_THAT(response.body, HasSubstr("Authorization: Bearer TOKEN"));
  }
}

TEST_F(Control, IsNotThereWithoutAToken) {
  TestSandbox without;
  Call call("GET", std::string(test::origin) + "/sandbox-control");
  EXPECT_EQ(without.send(call.header("Authorization", "Bearer ").as_it_is()).status, 404);
  EXPECT_EQ(
      sandbox.send(Call("GET", std::string(test::origin) + "/sandbox-controls").as_it_is()).status,
      404);
}

TEST_F(Control, AddsListsCountsAndRemovesMishaps) {
  const json added = good("POST", "/mishaps", R"({"mishap":"unavailable=3@resource","times":2})");
  EXPECT_EQ(added,
            (json{{"id", 1}, {"mishap", "unavailable=3@resource"}, {"strikes", 0}, {"times", 2}}));
  good("POST", "/mishaps", R"({"mishap":"websudo"})");
  EXPECT_EQ(sandbox.get("/rest/api/2/serverInfo").status, 503);
  EXPECT_EQ(good("GET", "/mishaps")["mishaps"][0]["strikes"], 1);
  EXPECT_EQ(sandbox.get("/rest/api/2/serverInfo").status, 503);
  EXPECT_EQ(good("GET", "/mishaps")["mishaps"].size(), 1U) << "twice is enough";
  EXPECT_EQ(good("DELETE", "/mishaps/2")["mishaps"], json::array());
  EXPECT_EQ(sandbox.get("/rest/api/2/serverInfo").status, 200);
  good("POST", "/mishaps", R"({"mishap":"bad-gateway"})");
  EXPECT_EQ(good("DELETE", "/mishaps")["mishaps"], json::array());
}

TEST_F(Control, RefusesWhatItCannotRead) {
  expect_refused(400, "no JSON object", "POST", "/mishaps", "[");
  expect_refused(400, "no JSON object", "POST", "/mishaps", "[]");
  expect_refused(400, "no mishap is named", "POST", "/mishaps", "{}");
  expect_refused(400, "no mishap is called \"x\"", "POST", "/mishaps", R"({"mishap":"x"})");
  for (const char* times : {"0", "-1", "1.5", "\"1\"", "2000000"}) {
    expect_refused(400, "times is no number", "POST", "/mishaps",
                   std::string(R"({"mishap":"captcha","times":)") + times + "}");
  }
  expect_refused(404, "no mishap has the number 7", "DELETE", "/mishaps/7");
  expect_refused(404, "no mishap has the number x", "DELETE", "/mishaps/x");
  expect_refused(404, "no such user", "POST", "/users/zebedee", R"({"active":false})");
  expect_refused(400, "neither true nor false", "POST", "/users/alice", R"({"active":0})");
  expect_refused(404, "no such consumer", "DELETE", "/consumers/nub");
  expect_refused(400, "", "PUT", "/consumers/hub", R"({"public_key":"x"})");
  expect_refused(404, "nothing at this address", "GET", "/nowhere");
  for (const char* path :
       {"", "/mishaps", "/mishaps/1", "/tokens/revoke", "/users/alice", "/consumers/hub"}) {
    EXPECT_EQ(send("PATCH", path).status, 405) << path;
  }
}

TEST_F(Control, TakesNoFieldThatItDoesNotKnowForAbsent) {
  const std::string token = sandbox.access_token().token;
  for (const char* path : {"/tokens/revoke", "/tokens/expire"}) {
    expect_refused(400, "no field \"username\"", "POST", path, R"({"username":"bob"})");
    expect_refused(400, "user is no text", "POST", path, R"({"user":5})");
    expect_refused(400, "token is no text", "POST", path, R"({"token":null})");
    expect_refused(400, "consumer_key is no text", "POST", path, R"({"consumer_key":["hub"]})");
  }
  expect_refused(400, "no field \"time\"", "POST", "/mishaps", R"({"mishap":"captcha","time":1})");
  expect_refused(400, "mishap is no text", "POST", "/mishaps", R"({"mishap":1})");
  expect_refused(400, "no field \"locked\"", "POST", "/users/alice",
                 R"({"active":true,"locked":true})");
  expect_refused(400, "no field \"key\"", "PUT", "/consumers/hub", R"({"key":"x"})");
  expect_refused(400, "public_key is no text", "PUT", "/consumers/hub", R"({"public_key":1})");
  expect_refused(400, "a DELETE takes no fields", "DELETE", "/mishaps", R"({"id":1})");
  expect_refused(400, "a DELETE takes no fields", "DELETE", "/consumers/hub", R"({"user":"bob"})");
  EXPECT_EQ(problem_of(token), "") << "nothing of it was done";
}

TEST_F(Control, RevokesTheTokensThatFit) {
  const std::string first = sandbox.access_token().token;
  const std::string second = sandbox.access_token().token;
  EXPECT_EQ(good("POST", "/tokens/revoke", R"({"user":"bob"})")["tokens"], 0);
  EXPECT_EQ(problem_of(first), "");
  EXPECT_EQ(good("POST", "/tokens/revoke", json{{"token", token_id(first)}}.dump())["tokens"], 1);
  EXPECT_EQ(problem_of(first), "token_rejected");
  EXPECT_EQ(problem_of(second), "");
  EXPECT_EQ(good("POST", "/tokens/revoke", json{{"token", second}}.dump())["tokens"], 1);
  EXPECT_EQ(problem_of(second), "token_rejected");
}

TEST_F(Control, ExpiresTokensButNotTheirSessions) {
  const auto access = sandbox.access_token();
  EXPECT_EQ(good("POST", "/tokens/expire")["tokens"], 1);
  EXPECT_EQ(problem_of(access.token), "token_expired");
  EXPECT_EQ(sandbox.send(sandbox.renewal_call(access).signed_by(hub_key())).status, 200);
}

TEST_F(Control, DeactivatesAUserAndTakesHimBack) {
  const std::string token = sandbox.access_token().token;
  EXPECT_EQ(good("POST", "/users/alice", R"({"active":false})")["users"][0]["active"], false);
  const auto refused =
      sandbox.send(sandbox.resource_call("GET", "/rest/api/2/myself", token).signed_by(hub_key()));
  EXPECT_EQ(refused.status, 401);
  good("POST", "/users/alice", R"({"active":true})");
  EXPECT_EQ(problem_of(token), "");
}

TEST_F(Control, ReplacesAKeyAndKeepsTheTokens) {
  const std::string token = sandbox.access_token().token;
  const std::string pem = crypto::to_spki_pem(other_key().public_key());
  good("PUT", "/consumers/hub", json{{"public_key", pem}}.dump());
  EXPECT_EQ(problem_of(token), "signature_invalid");
  EXPECT_EQ(problem_of(token, other_key()), "");
}

TEST_F(Control, RemovesAConsumerWithItsTokens) {
  const std::string token = sandbox.access_token().token;
  EXPECT_EQ(good("DELETE", "/consumers/hub")["consumers"], json::array());
  EXPECT_EQ(problem_of(token), "token_rejected");
  EXPECT_EQ(
      form_of(
          sandbox.send(sandbox.request_token_call().signed_by(hub_key())).body)["oauth_problem"],
      "consumer_key_unknown");
  EXPECT_EQ(good("GET", "")["access_tokens"], json::array());
}

TEST_F(Control, ShowsItsStateWithoutASecret) {
  const auto access = sandbox.access_token();
  problem_of("unknown");
  const auto response = send("GET", "/");
  const json state = json::parse(response.body);
  EXPECT_EQ(state["product"], "Jira");
  EXPECT_EQ(state["time"], "2007-12-03T07:21:52Z");
  EXPECT_EQ(state["access_tokens"][0]["token"], token_id(access.token));
  EXPECT_EQ(state["access_tokens"][0]["user"], "alice");
  EXPECT_EQ(state["access_tokens"][0]["expired"], false);
  EXPECT_EQ(state["consumers"][0]["key"], "hub");
  EXPECT_EQ(state["users"].size(), 3U);
  EXPECT_EQ(state["web_sessions"], 1);
  EXPECT_EQ(state["counters"]["by_oauth_problem"], (json{{"token_rejected", 1}}));
  EXPECT_EQ(state["counters"]["by_status"]["401"], 1);
  for (const std::string& secret : {access.token, access.secret, access.session_handle}) {
    EXPECT_THAT(response.body, Not(HasSubstr(secret)));
  }
}

TEST(RequestRecord, SaysWhatHappenedWithoutASecret) {
  TestSandbox sandbox;
  const std::string token = sandbox.access_token().token;
  const auto record = [&sandbox](const http::Request& request) {
    return request_record(request, sandbox.send(request), {});
  };
  const auto signed_request =
      sandbox.resource_call("GET", "/rest/api/2/search?jql=x%20%3D%20y", token)
          .signed_by(hub_key());
  EXPECT_EQ(record(signed_request), (json{{"method", "GET"},
                                          {"target", "/jira/rest/api/2/search?jql=x%20%3D%20y"},
                                          {"status", 400},
                                          {"consumer_key", "hub"},
                                          {"token", token_id(token)},
                                          {"user", "alice"}}));
  const json refused =
      record(sandbox.resource_call("GET", "/rest/api/2/myself", "unknown").signed_by(hub_key()));
  EXPECT_EQ(refused["oauth_problem"], "token_rejected");
  const std::string in_query =
      record(sandbox.resource_call("GET", "/rest/api/2/myself", token).signed_in_query(hub_key()))
          .dump();
  EXPECT_THAT(in_query, HasSubstr("oauth_token=..."));
  EXPECT_THAT(in_query, HasSubstr("oauth_signature=..."));
  EXPECT_THAT(in_query, HasSubstr("oauth_consumer_key=hub"));
  EXPECT_THAT(in_query, Not(HasSubstr(token)));
}

TEST(RequestRecord, FindsSecretsHoweverTheyArePacked) {
  TestSandbox sandbox;
  for (const char* query : {"?oauth%5Ftoken=abc123", "?os_destination=%2Fx%3Foauth_token%3Dabc123",
                            "?os_password=abc123", "?atl_token=abc123", "?oauth_verifier=abc123",
                            "?a=1&oauth_session_handle=abc123"}) {
    const auto request = Call("GET", std::string(test::base_url) + "/login.jsp" + query).as_it_is();
    EXPECT_THAT(request_record(request, sandbox.send(request), {}).dump(), Not(HasSubstr("abc123")))
        << query;
  }
}

TEST(RequestRecord, NamesTheMishaps) {
  Mishaps mishaps;
  mishaps.add(parse_mishap("captcha").value());
  mishaps.add(parse_mishap("clock-off").value());
  const auto request = Call("GET", std::string(test::base_url) + "/rest").as_it_is();
  EXPECT_EQ(
      request_record(request, {403, {}, ""}, mishaps.strike(Place::resource, "GET"))["mishaps"],
      (json{"captcha", "clock-off"}));
}

}  // namespace
}  // namespace applink::sandbox
