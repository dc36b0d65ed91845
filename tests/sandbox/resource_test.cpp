// Signed, unsigned and half-signed requests to /rest and the rest of the site.
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sandbox/test_sandbox.h"
#include "support/json_at.h"

namespace applink::sandbox {
namespace {

using test::Call;
using test::form_of;
using test::header_of;
using test::hub_key;
using test::json_at;
using test::other_key;
using test::TestSandbox;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

constexpr const char* bare_challenge = R"(OAuth realm="http%3A%2F%2F127.0.0.1%3A8090%2Fjira")";

/// A sandbox whose user has gone through the dance.
class Resource : public testing::Test {
 protected:
  Call call(const char* method, std::string_view path) {
    return sandbox.resource_call(method, path, token);
  }
  http::Response send(const Call& call) { return sandbox.send(call.signed_by(hub_key())); }
  http::Response put(const std::string& body) {
    return send(call("PUT", "/rest/api/2/issue/TEST-1").json(body));
  }
  std::string summary() {
    return json_at(send(call("GET", "/rest/api/2/issue/TEST-1")).body, "/fields/summary");
  }

  TestSandbox sandbox;
  std::string token = sandbox.access_token().token;
};

TEST_F(Resource, MyselfIsTheUserWhoAllowedTheToken) {
  const auto response = send(call("GET", "/rest/api/2/myself"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header_of(response, "Content-Type"), "application/json;charset=UTF-8");
  EXPECT_EQ(header_of(response, "X-AUSERNAME"), "alice");
  EXPECT_EQ(json_at(response.body, "/name"), R"("alice")");
  EXPECT_EQ(json_at(response.body, "/displayName"), R"("Alice Archer")");
  EXPECT_EQ(json_at(response.body, "/emailAddress"), R"("alice@example.com")");
  EXPECT_EQ(json_at(response.body, "/self"),
            R"("http://127.0.0.1:8090/jira/rest/api/2/user?username=alice")");
  EXPECT_EQ(header_of(response, "Set-Cookie"), "") << "a signature opens no session";
}

TEST_F(Resource, MyselfIsNobodyWithoutASignature) {
  const auto response = sandbox.get("/rest/api/2/myself");
  EXPECT_EQ(response.status, 401);
  EXPECT_THAT(response.headers.all("WWW-Authenticate"), ElementsAre(bare_challenge));
  EXPECT_EQ(json_at(response.body, ""),
            R"({"message":"Client must be authenticated to access this resource.",)"
            R"("status-code":401})");
}

TEST_F(Resource, ChallengeIsKeptFromClientsThatItConfuses) {
  for (const char* agent :
       {"WebDAVFS/3.0.0 (03008000) Darwin", "Microsoft-WebDAV-MiniRedir/10.0"}) {
    Call call("GET", std::string(test::base_url) + "/rest/api/2/myself");
    const auto response = sandbox.send(call.header("User-Agent", agent).as_it_is());
    EXPECT_EQ(response.status, 401);
    EXPECT_TRUE(response.headers.all("WWW-Authenticate").empty());
  }
}

TEST_F(Resource, IsAnonymousWhereOneOfTheSixParametersIsMissing) {
  for (const char* name : {"oauth_consumer_key", "oauth_token", "oauth_signature_method",
                           "oauth_timestamp", "oauth_nonce"}) {
    const auto issue = send(call("GET", "/rest/api/2/issue/TEST-1").without(name));
    EXPECT_EQ(issue.status, 404) << name;
    EXPECT_EQ(issue.body, R"({"errorMessages":["Issue Does Not Exist"],"errors":{}})");
    EXPECT_EQ(header_of(issue, "X-AUSERNAME"), "anonymous");
  }
  EXPECT_EQ(sandbox.send(call("GET", "/rest/api/2/issue/TEST-1").as_it_is()).status, 404);
}

TEST_F(Resource, TakesTheSignatureFromTheQuery) {
  const Call signed_call =
      call("GET", "/rest/api/2/search?jql=summary%20~%20%22gr%C3%BC%C3%9Fe%22");
  EXPECT_EQ(sandbox.send(signed_call.signed_in_query(hub_key())).status, 200);
}

TEST_F(Resource, ServerInfoIsForEverybodyButNotForABadSignature) {
  const auto response = sandbox.get("/rest/api/2/serverInfo");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(json_at(response.body, "/baseUrl"), R"("http://127.0.0.1:8090/jira")");
  EXPECT_EQ(json_at(response.body, "/deploymentType"), R"("Server")");
  EXPECT_EQ(json_at(response.body, "/serverTime"), R"("2007-12-03T07:21:52.000+0000")");
  EXPECT_EQ(sandbox.send(call("GET", "/rest/api/2/serverInfo").signed_by(other_key())).status, 401);
  EXPECT_EQ(send(call("GET", "/rest/api/latest/serverInfo")).status, 200);
}

TEST_F(Resource, RefusesTokensWithAForm) {
  const auto refused = [this](const Call& call) {
    const auto response = send(call);
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(header_of(response, "Content-Type"),
              "application/x-www-form-urlencoded;charset=UTF-8");
    EXPECT_THAT(response.headers.all("WWW-Authenticate"),
                ElementsAre(std::string(bare_challenge) + R"(, oauth_problem=")" +
                                form_of(response.body)["oauth_problem"] + '"',
                            bare_challenge));
    EXPECT_EQ(response.headers.find("X-AUSERNAME"), std::nullopt);
    return form_of(response.body)["oauth_problem"];
  };
  Call unknown = call("GET", "/rest/api/2/myself").set("oauth_token", "unknown");
  EXPECT_EQ(refused(unknown), "token_rejected");
  Call foreign = call("GET", "/rest/api/2/myself").set("oauth_consumer_key", "nobody");
  EXPECT_EQ(refused(foreign), "token_rejected");
  const std::string request_token = sandbox.request_token().token;
  EXPECT_EQ(refused(call("GET", "/rest/api/2/myself").set("oauth_token", request_token)),
            "token_rejected");
  sandbox.clock().advance(std::chrono::seconds(157680001));
  EXPECT_EQ(refused(call("GET", "/rest/api/2/myself")), "token_expired");
}

TEST_F(Resource, TakesATokenForFiveYears) {
  sandbox.clock().advance(std::chrono::seconds(157680000));
  EXPECT_EQ(send(call("GET", "/rest/api/2/myself")).status, 200);
}

TEST_F(Resource, RefusesASecondUseOfANonce) {
  const Call once = call("GET", "/rest/api/2/myself");
  EXPECT_EQ(send(once).status, 200);
  const auto again = send(once);
  EXPECT_EQ(again.status, 401);
  EXPECT_EQ(again.body, "oauth_problem=nonce_used");
}

TEST_F(Resource, EchoesTheRequestWhereANumberIsNone) {
  const auto response = send(call("GET", "/rest/api/2/myself").set("oauth_timestamp", "soon"));
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.body, "");
  const std::string echo = header_of(response, "WWW-Authenticate");
  EXPECT_THAT(echo, HasSubstr(R"(oauth_consumer_key="hub", )"));
  EXPECT_THAT(echo, HasSubstr(R"(oauth_timestamp="soon")"));
  EXPECT_THAT(echo, HasSubstr(R"(oauth_signature=")"));
}

TEST_F(Resource, RefusesTwoLeggedRequestsOnceTheyAreProven) {
  Call two_legged = call("GET", "/rest/api/2/myself?x=1").set("oauth_token", "");
  EXPECT_EQ(form_of(sandbox.send(two_legged.signed_by(other_key())).body)["oauth_problem"],
            "signature_invalid");
  two_legged.set("oauth_nonce", "another");
  const auto response = send(two_legged);
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(response.body, "");
  const std::string echo = header_of(response, "WWW-Authenticate");
  EXPECT_THAT(echo, HasSubstr(R"(, oauth_token="")"));
  EXPECT_THAT(echo, testing::Not(HasSubstr("oauth_problem")));
  EXPECT_THAT(echo, testing::Not(HasSubstr("x=")));
  two_legged.set("oauth_consumer_key", "nobody");
  EXPECT_EQ(send(two_legged).body, "oauth_problem=consumer_key_unknown");
}

TEST(ResourceUser, MayHaveLostTheRightToLogIn) {
  Config config = test::test_config();
  config.approve_as = "alice";
  config.users.front().login = LoginRight::withdrawn;
  TestSandbox sandbox(std::move(config));
  const std::string request_token = sandbox.request_token().token;
  const auto page = sandbox.get("/plugins/servlet/oauth/authorize?oauth_token=" + request_token);
  const auto access = sandbox.exchange(request_token, test::verifier_in(page.body));
  const auto response = sandbox.send(
      sandbox.resource_call("GET", "/rest/api/2/myself", access.token).signed_by(hub_key()));
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(response.body, "");
  EXPECT_THAT(header_of(response, "WWW-Authenticate"), testing::Not(HasSubstr("oauth_problem")));
}

TEST(ResourceUser, MayBeGone) {
  Config config = test::test_config();
  config.approve_as = "carol";
  TestSandbox sandbox(std::move(config));
  const std::string request_token = sandbox.request_token().token;
  const auto page = sandbox.get("/plugins/servlet/oauth/authorize?oauth_token=" + request_token);
  const auto access = sandbox.exchange(request_token, test::verifier_in(page.body));
  EXPECT_EQ(
      sandbox
          .send(
              sandbox.resource_call("GET", "/rest/api/2/myself", access.token).signed_by(hub_key()))
          .body,
      "oauth_problem=token_rejected");
}

TEST_F(Resource, IssueIsReadAndChanged) {
  EXPECT_EQ(summary(), R"("Sign the first request")");
  const auto response = put(R"({"fields":{"summary":"[1,2] a&b"}})");
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(summary(), R"("[1,2] a&b")");
  EXPECT_EQ(put(R"({"fields":{"summary":"Zürich – 東京","description":null}})").status, 204);
  EXPECT_EQ(summary(), R"("Zürich – 東京")");
}

TEST_F(Resource, IssueIsFoundByKeyAndId) {
  for (const char* name : {"TEST-1", "test-1", "10000"}) {
    const auto response = send(call("GET", std::string("/rest/api/2/issue/") + name));
    EXPECT_EQ(json_at(response.body, "/key"), R"("TEST-1")");
  }
  EXPECT_EQ(send(call("GET", "/rest/api/2/issue/TEST-4")).body,
            R"({"errorMessages":["Issue Does Not Exist"],"errors":{}})");
}

TEST_F(Resource, IssueIsNotChangedByWhatJiraRefuses) {
  const std::pair<std::string, const char*> refused[] = {
      {R"({"fields":{"summary":""}})", "You must specify a summary of the issue."},
      {R"({"fields":{"summary":"  "}})", "You must specify a summary of the issue."},
      {R"({"fields":{"summary":7}})", "Operation value must be a string"},
      {R"({"fields":{"summary":"a\nb"}})",
       "The summary is invalid because it contains newline characters."},
      {R"({"fields":{"summary":")" + std::string(255, 'x') + R"("}})",
       "Summary must be less than 255 characters."},
      {R"({"fields":{"summary":"good","description":[]}})", "Operation value must be a string"},
      {R"({"fields":{"summary":"good","colour":"red"}})",
       "Field 'colour' cannot be set. It is not on the appropriate screen, or unknown."}};
  for (const auto& one : refused) {
    const auto response = put(one.first);
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(json_at(response.body, "/errorMessages"), "[]");
    EXPECT_THAT(json_at(response.body, "/errors"),
                EndsWith(":\"" + std::string(one.second) + "\"}"));
  }
  for (const char* broken : {"", "{", "[]", "{}", R"({"fields":[]})", "null"}) {
    EXPECT_EQ(put(broken).status, 400) << broken;
  }
  EXPECT_EQ(summary(), R"("Sign the first request")");
}

// Tomcat reads no form of a PUT: what the RFC has in the base string is not in the server's.
TEST_F(Resource, LeavesTheFormOfAPutOutOfTheBaseString) {
  Call form = call("PUT", "/rest/api/2/issue/TEST-1").form("summary=x");
  EXPECT_EQ(send(form).status, 415);
}

TEST_F(Resource, SearchTakesJqlBothWays) {
  const auto get =
      send(call("GET", "/rest/api/2/search?jql=project%20%3D%20TEST&startAt=1&maxResults=1"));
  EXPECT_EQ(get.status, 200);
  EXPECT_EQ(json_at(get.body, "/total"), "3");
  EXPECT_EQ(json_at(get.body, "/startAt"), "1");
  EXPECT_EQ(json_at(get.body, "/maxResults"), "1");
  EXPECT_EQ(json_at(get.body, "/issues/1"), "absent");
  EXPECT_EQ(json_at(get.body, "/issues/0/key"), R"("TEST-2")");
  const auto post =
      send(call("POST", "/rest/api/2/search")
               .json(R"({"jql":"key = TEST-3","maxResults":10,"fields":["summary"]})"));
  EXPECT_EQ(post.status, 200);
  EXPECT_EQ(json_at(post.body, "/issues/0/fields/summary"), R"("Grüße aus Zürich – 東京")");
}

TEST_F(Resource, SearchRefusesWhatItCannotRead) {
  const auto response = send(call("GET", "/rest/api/2/search?jql=colour%20%3D%20red"));
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(json_at(response.body, "/errorMessages/0"),
            R"("Field 'colour' does not exist or you do not have permission to view it.")");
  EXPECT_EQ(send(call("POST", "/rest/api/2/search").json("[")).status, 400);
  EXPECT_EQ(send(call("POST", "/rest/api/2/search").form("jql=x")).status, 415);
}

TEST_F(Resource, SearchFindsNothingForNobody) {
  const auto response = sandbox.get("/rest/api/2/search?jql=&startAt=-5&maxResults=x");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(json_at(response.body, "/total"), "0");
}

TEST_F(Resource, KnowsItsMethods) {
  for (const char* path :
       {"/rest/api/2/myself", "/rest/api/2/issue/TEST-1", "/rest/api/2/search"}) {
    const auto response = send(call("DELETE", path));
    EXPECT_EQ(response.status, 405) << path;
    EXPECT_THAT(header_of(response, "Allow"), testing::StartsWith("GET, HEAD"));
  }
}

TEST_F(Resource, UnknownOnesAreNotFound) {
  for (const char* path : {"/rest/api/2/project", "/rest/api/3/myself", "/rest", "/rest/",
                           "/rest/api/2/issue/", "/rest/api/2/issue/TEST-1/comment"}) {
    const auto response = send(call("GET", path));
    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(json_at(response.body, ""),
              "{\"message\":\"null for uri: " + std::string(test::base_url) + path +
                  "\",\"status-code\":404}");
  }
}

TEST_F(Resource, PagesElsewhereAreDeadLinks) {
  for (const char* url : {"http://127.0.0.1:8090/jira/nope", "http://127.0.0.1:8090/",
                          "http://127.0.0.1:8090/jirax/rest/api/2/serverInfo",
                          "http://127.0.0.1:8090/rest/api/2/serverInfo",
                          "http://127.0.0.1:8090/plugins/servlet/oauth/request-token"}) {
    const auto response = sandbox.send(Call("GET", url).as_it_is());
    EXPECT_EQ(response.status, 404) << url;
    EXPECT_THAT(response.body, HasSubstr("Oops, you&#39;ve found a dead link."));
  }
}

TEST(ContextPath, MayBeEmpty) {
  Config config = test::test_config();
  config.context_path = "";
  TestSandbox sandbox(std::move(config));
  const auto get = [&sandbox](std::string path) {
    return sandbox.send(Call("GET", std::string(test::origin) + std::move(path)).as_it_is());
  };
  EXPECT_EQ(json_at(get("/rest/api/2/serverInfo").body, "/baseUrl"),
            "\"" + std::string(test::origin) + "\"");
  EXPECT_EQ(get("").status, 200);
  EXPECT_THAT(header_of(get("/login.jsp"), "Set-Cookie"), HasSubstr("; Path=/;"));
}

TEST_F(Resource, IsServedToManyThreadsAtOnce) {
  constexpr int threads = 4;
  constexpr int calls = 20;
  std::vector<std::vector<http::Request>> requests(threads);
  for (auto& some : requests) {
    for (int i = 0; i < calls; ++i) {
      some.push_back(call("GET", "/rest/api/2/myself").signed_by(hub_key()));
      some.push_back(sandbox.request_token_call().signed_by(hub_key()));
    }
  }
  std::vector<int> good(threads, 0);
  std::vector<std::thread> running;
  for (int i = 0; i < threads; ++i) {
    running.emplace_back([this, &some = requests[i], &count = good[i]] {
      for (const auto& request : some) count += sandbox.send(request).status == 200 ? 1 : 0;
    });
  }
  for (auto& thread : running) thread.join();
  EXPECT_THAT(good, testing::Each(2 * calls));
}

}  // namespace
}  // namespace applink::sandbox
