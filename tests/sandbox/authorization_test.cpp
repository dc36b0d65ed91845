// GET and POST /plugins/servlet/oauth/authorize: the page where the user decides.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sandbox/test_sandbox.h"

namespace applink::sandbox {
namespace {

using namespace std::chrono_literals;

using test::Browser;
using test::Call;
using test::field_in;
using test::form_of;
using test::header_of;
using test::hub_key;
using test::TestSandbox;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

constexpr const char* authorize_path = "/plugins/servlet/oauth/authorize";

std::string page_of(const std::string& token) {
  return std::string(authorize_path) + "?oauth_token=" + token;
}

std::string token_without_callback(TestSandbox& sandbox) {
  const auto response =
      sandbox.send(sandbox.request_token_call().without("oauth_callback").signed_by(hub_key()));
  return form_of(response.body)["oauth_token"];
}

void expect_no_frames(const http::Response& response) {
  EXPECT_EQ(header_of(response, "X-Frame-Options"), "SAMEORIGIN");
  EXPECT_THAT(header_of(response, "Content-Security-Policy"), HasSubstr("frame-ancestors 'self'"));
}

void expect_problem_page(const http::Response& response, int status, const std::string& problem) {
  EXPECT_EQ(response.status, status);
  EXPECT_EQ(header_of(response, "Content-Type"), "text/html;charset=UTF-8");
  EXPECT_EQ(header_of(response, "WWW-Authenticate"),
            R"(OAuth realm="http%3A%2F%2F127.0.0.1%3A8090%2Fjira", )" + problem);
  EXPECT_EQ(response.headers.all("WWW-Authenticate").size(), status == 401 ? 2U : 1U);
  expect_no_frames(response);
}

TEST(Authorization, LooksAtTheTokenBeforeTheLogin) {
  TestSandbox sandbox;
  expect_problem_page(sandbox.get(authorize_path), 400,
                      R"(oauth_parameters_absent="oauth_token", oauth_problem="parameter_absent")");
  expect_problem_page(sandbox.get(page_of("unknown")), 401, R"(oauth_problem="token_rejected")");
}

TEST(Authorization, RefusesAnAccessToken) {
  TestSandbox sandbox;
  expect_problem_page(sandbox.get(page_of(sandbox.access_token().token)), 401,
                      R"(oauth_problem="token_rejected")");
}

TEST(Authorization, RefusesATokenThatIsDecided) {
  TestSandbox sandbox;
  const std::string allowed = sandbox.request_token().token;
  sandbox.allow(allowed);
  expect_problem_page(sandbox.get(page_of(allowed)), 401, R"(oauth_problem="token_used")");
  const std::string denied = sandbox.request_token().token;
  sandbox.deny(denied);
  expect_problem_page(sandbox.get(page_of(denied)), 401, R"(oauth_problem="token_used")");
  sandbox.clock().advance(24h);
  expect_problem_page(sandbox.get(page_of(denied)), 401, R"(oauth_problem="token_used")");
}

TEST(Authorization, RefusesATokenOlderThanTenMinutes) {
  TestSandbox sandbox;
  const std::string token = sandbox.request_token().token;
  sandbox.clock().advance(10min);
  EXPECT_EQ(sandbox.get(page_of(token)).status, 302);
  sandbox.clock().advance(1s);
  expect_problem_page(sandbox.get(page_of(token)), 401, R"(oauth_problem="token_expired")");
}

//= rfc5849#2.2
//# However, the server MUST first verify the identity of the resource owner.
TEST(Authorization, LeadsToTheLoginAndBack) {
  TestSandbox sandbox;
  Browser browser(sandbox);
  const std::string token = sandbox.request_token().token;
  const auto to_login = browser.get(page_of(token));
  EXPECT_EQ(to_login.status, 302);
  expect_no_frames(to_login);
  EXPECT_EQ(header_of(to_login, "Location"),
            "/jira/login.jsp?os_destination=%2Fplugins%2Fservlet%2Foauth%2Fauthorize%3F"
            "oauth_token%3D" +
                token);
  const std::string login = header_of(to_login, "Location").substr(5);
  const auto page = browser.get(login);
  const auto back =
      browser.post("/login.jsp", "os_username=bob&os_password=bob&os_destination=" +
                                     test::encoded(field_in(page.body, "os_destination")) +
                                     "&atl_token=" + field_in(page.body, "atl_token"));
  EXPECT_EQ(header_of(back, "Location"), "/jira" + page_of(token));
  EXPECT_THAT(browser.get(page_of(token)).body, HasSubstr("Bob Baker"));
}

//= rfc5849#2.2
//# The request MUST use the HTTP "GET" method.
TEST(Authorization, ShowsWhoAsksForWhat) {
  Config config = test::test_config();
  config.consumers.front().name = "The hub";
  config.consumers.front().description = "Joins things";
  TestSandbox sandbox(std::move(config));
  Browser browser(sandbox);
  browser.log_in("alice", "alice");
  const std::string token = sandbox.request_token("http://127.0.0.1:4711/cb?x").token;
  const auto page = browser.get(page_of(token));
  EXPECT_EQ(page.status, 200);
  expect_no_frames(page);
  for (const char* shown : {"The hub", "Joins things", "http://127.0.0.1:8090", "Alice Archer",
                            "you return to http://127.0.0.1:4711<",
                            R"(<button class="main" name="approve" value="Allow">Allow</button>)",
                            R"(<button name="deny" value="Deny">Deny</button>)"}) {
    EXPECT_THAT(page.body, HasSubstr(shown));
  }
  EXPECT_EQ(field_in(page.body, "oauth_token"), token);
  EXPECT_THAT(field_in(page.body, "atl_token"), MatchesRegex("[0-9A-Za-z]{32}"));
  EXPECT_THAT(page.body, Not(HasSubstr("oauth_callback")));
}

//= rfc5849#2.2
//# The server constructs the request URI by adding the following REQUIRED parameters to the
//# callback URI query component: oauth_token The temporary credentials identifier received from the
//# client. oauth_verifier The verification code.
TEST(Authorization, SendsAnAllowedTokenBackWithAVerifier) {
  TestSandbox sandbox;
  Browser browser(sandbox);
  browser.log_in("alice", "alice");
  const std::string token = sandbox.request_token("http://127.0.0.1:4711/cb").token;
  const auto response = browser.submit_decision(token, "approve=Allow");
  EXPECT_EQ(response.status, 302);
  expect_no_frames(response);
  EXPECT_THAT(header_of(response, "Location"),
              MatchesRegex("http://127.0.0.1:4711/cb\\?oauth_token=" + token +
                           "&oauth_verifier=[0-9A-Za-z]{6}"));
}

TEST(Authorization, TakesTheButtonsByTheirPresence) {
  TestSandbox sandbox;
  Browser browser(sandbox);
  browser.log_in("alice", "alice");
  const std::string token = sandbox.request_token("http://127.0.0.1:4711/cb").token;
  EXPECT_EQ(browser.submit_decision(token, "approve=").status, 302);
}

// A plain test for '?', as Jira makes it: a fragment keeps its place before the parameters.
//= rfc5849#2.2
//# If the callback URI already includes a query component, the server MUST append the OAuth
//# parameters to the end of the existing query.
TEST(Authorization, JoinsParametersToTheCallbackAsJiraDoes) {
  TestSandbox sandbox;
  Browser browser(sandbox);
  browser.log_in("alice", "alice");
  const std::pair<const char*, const char*> callbacks[] = {
      {"http://h.example/cb?a=1", "http://h.example/cb?a=1&oauth_token="},
      {"http://h.example/cb?", "http://h.example/cb?&oauth_token="},
      {"http://h.example/cb#top", "http://h.example/cb#top?oauth_token="}};
  for (const auto& callback : callbacks) {
    const std::string token = sandbox.request_token(callback.first).token;
    const auto response = browser.submit_decision(token, "approve=Allow");
    EXPECT_THAT(header_of(response, "Location"), StartsWith(callback.second));
  }
}

TEST(Authorization, SendsADeniedTokenBackWithAVerifierThatSaysSo) {
  TestSandbox sandbox;
  Browser browser(sandbox);
  browser.log_in("alice", "alice");
  const std::string token = sandbox.request_token("http://127.0.0.1:4711/cb").token;
  const auto response = browser.submit_decision(token, "deny=Deny");
  EXPECT_EQ(response.status, 302);
  EXPECT_EQ(header_of(response, "Location"),
            "http://127.0.0.1:4711/cb?oauth_token=" + token + "&oauth_verifier=denied");
}

TEST(Authorization, ShowsTheCodeWhereNoCallbackIs) {
  TestSandbox sandbox;
  Browser browser(sandbox);
  browser.log_in("alice", "alice");
  const auto approved =
      browser.submit_decision(sandbox.request_token("oob").token, "approve=Allow");
  EXPECT_EQ(approved.status, 200);
  expect_no_frames(approved);
  EXPECT_THAT(approved.body, HasSubstr("Access Approved"));
  EXPECT_THAT(approved.body, HasSubstr("Your verification code is"));
  EXPECT_THAT(test::verifier_in(approved.body), MatchesRegex("[0-9A-Za-z]{6}"));
  const auto denied = browser.submit_decision(sandbox.request_token("oob").token, "deny=Deny");
  EXPECT_EQ(denied.status, 200);
  EXPECT_THAT(denied.body, HasSubstr("Access Denied"));
  EXPECT_EQ(test::verifier_in(denied.body), "");
}

TEST(Authorization, FallsBackOnTheConsumersCallback) {
  Config config = test::test_config();
  config.consumers.front().callback = "http://hub.example/configured";
  TestSandbox sandbox(std::move(config));
  Browser browser(sandbox);
  browser.log_in("alice", "alice");
  EXPECT_THAT(header_of(browser.submit_decision(sandbox.request_token("oob").token, "approve=1"),
                        "Location"),
              StartsWith("http://hub.example/configured?oauth_token="));
  const std::string own = sandbox.request_token("http://hub.example/own").token;
  EXPECT_THAT(header_of(browser.submit_decision(own, "approve=1"), "Location"),
              StartsWith("http://hub.example/own?oauth_token="));
}

TEST(AuthorizationOneZero, SendsBackTheTokenAlone) {
  Config config = test::test_config();
  config.consumers.front().callback = "http://hub.example/cb";
  TestSandbox sandbox(std::move(config));
  Browser browser(sandbox);
  browser.log_in("alice", "alice");
  for (const char* decision : {"approve=Allow", "deny=Deny"}) {
    const std::string token = token_without_callback(sandbox);
    EXPECT_EQ(header_of(browser.submit_decision(token, decision), "Location"),
              "http://hub.example/cb?oauth_token=" + token);
  }
}

TEST(AuthorizationOneZero, TakesTheCallbackFromThePagesUrl) {
  Config config = test::test_config();
  config.consumers.front().callback = "http://hub.example/configured";
  TestSandbox sandbox(std::move(config));
  Browser browser(sandbox);
  const std::string token = token_without_callback(sandbox);
  const std::string url = page_of(token) + "&oauth_callback=http%3A%2F%2Fhub.example%2Flate";
  EXPECT_THAT(header_of(browser.get(url), "Location"),
              HasSubstr("oauth_callback%3Dhttp%253A%252F%252Fhub.example%252Flate"));
  browser.log_in("alice", "alice");
  const auto page = browser.get(url);
  EXPECT_EQ(field_in(page.body, "oauth_callback"), "http://hub.example/late");
  const auto response =
      browser.post(authorize_path, "approve=1&oauth_token=" + token +
                                       "&oauth_callback=http%3A%2F%2Fhub.example%2Flate" +
                                       "&atl_token=" + field_in(page.body, "atl_token"));
  EXPECT_EQ(header_of(response, "Location"), "http://hub.example/late?oauth_token=" + token);
}

TEST(AuthorizationOneZero, RefusesALateCallbackThatIsNone) {
  TestSandbox sandbox;
  const std::string url = page_of(token_without_callback(sandbox)) + "&oauth_callback=";
  EXPECT_EQ(sandbox.get(url + "javascript%3Aalert(1)").status, 400);
  EXPECT_EQ(sandbox.get(url + "oob").status, 302);
}

TEST(AuthorizationOneZero, ConfirmsWithoutACode) {
  TestSandbox sandbox;
  Browser browser(sandbox);
  browser.log_in("alice", "alice");
  const auto page = browser.submit_decision(token_without_callback(sandbox), "approve=Allow");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("Access Approved"));
  EXPECT_EQ(test::verifier_in(page.body), "");
}

TEST(AuthorizationOneZeroA, DoesNotLetThePagesUrlTurnTheCallback) {
  TestSandbox sandbox;
  Browser browser(sandbox);
  browser.log_in("alice", "alice");
  const std::string token = sandbox.request_token("oob").token;
  const auto page = browser.get(page_of(token) + "&oauth_callback=http%3A%2F%2Fevil.example");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, Not(HasSubstr("evil.example")));
}

TEST(AuthorizationXsrf, RefusesAFormWithoutTheSessionsToken) {
  TestSandbox sandbox;
  Browser browser(sandbox);
  browser.log_in("alice", "alice");
  Browser other(sandbox);
  other.log_in("alice", "alice");
  const std::string token = sandbox.request_token().token;
  const std::string fields = "approve=Allow&oauth_token=" + token;
  const std::string foreign = field_in(other.get(page_of(token)).body, "atl_token");
  for (const std::string& xsrf : {std::string(), std::string("&atl_token="),
                                  std::string("&atl_token=x"), "&atl_token=" + foreign}) {
    const auto response = browser.post(authorize_path, fields + xsrf);
    EXPECT_EQ(response.status, 403);
    EXPECT_THAT(response.body, HasSubstr("Xsrf token validation failed"));
    expect_no_frames(response);
  }
  const std::string own = field_in(browser.get(page_of(token)).body, "atl_token");
  EXPECT_EQ(browser.post(std::string(authorize_path) + "?atl_token=" + own, fields).status, 403);
  EXPECT_EQ(browser.get(page_of(token)).status, 200) << "nothing was decided";
  EXPECT_EQ(browser.post(authorize_path, fields + "&atl_token=" + own).status, 200);
}

TEST(Authorization, ShowsThePageAgainWithoutADecision) {
  TestSandbox sandbox;
  Browser browser(sandbox);
  browser.log_in("alice", "alice");
  const std::string token = sandbox.request_token().token;
  EXPECT_THAT(browser.submit_decision(token, "x=y").body, HasSubstr(">Allow</button>"));
  EXPECT_THAT(browser.get(page_of(token) + "&approve=Allow").body, HasSubstr(">Allow</button>"));
}

//= rfc5849#2.2
//# However, the server MUST first verify the identity of the resource owner.
TEST(Authorization, WantsALoginForTheFormToo) {
  TestSandbox sandbox;
  Browser browser(sandbox);
  const std::string token = sandbox.request_token().token;
  const auto response = browser.post(authorize_path, "approve=Allow&oauth_token=" + token);
  EXPECT_EQ(response.status, 302);
  EXPECT_THAT(header_of(response, "Location"), StartsWith("/jira/login.jsp?"));
}

TEST(ApproveAs, AnswersThePageAsIfTheUserHadPressedAllow) {
  Config config = test::test_config();
  config.approve_as = "bob";
  TestSandbox sandbox(std::move(config));
  const std::string token = sandbox.request_token("http://127.0.0.1:4711/cb").token;
  EXPECT_EQ(sandbox.send(Call("HEAD", std::string(test::base_url) + page_of(token)).as_it_is())
                .headers.find("Location")
                ->substr(0, 16),
            "/jira/login.jsp?");
  const auto response = sandbox.get(page_of(token));
  EXPECT_EQ(response.status, 302);
  const std::string location = header_of(response, "Location");
  const std::string verifier = location.substr(location.size() - 6);
  const auto access = sandbox.exchange(token, verifier);
  const auto myself = sandbox.send(
      sandbox.resource_call("GET", "/rest/api/2/myself", access.token).signed_by(hub_key()));
  EXPECT_EQ(header_of(myself, "X-AUSERNAME"), "bob");
}

TEST(ApproveAs, ShowsTheCodeWhereNoCallbackIs) {
  Config config = test::test_config();
  config.approve_as = "alice";
  TestSandbox sandbox(std::move(config));
  const std::string token = sandbox.request_token("oob").token;
  const auto page = sandbox.get(page_of(token));
  EXPECT_EQ(page.status, 200);
  sandbox.exchange(token, test::verifier_in(page.body));
}

}  // namespace
}  // namespace applink::sandbox
