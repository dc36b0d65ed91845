// GET and POST /login.jsp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sandbox/test_sandbox.h"

namespace applink::sandbox {
namespace {

using namespace std::chrono_literals;

using test::Browser;
using test::field_in;
using test::header_of;
using test::TestSandbox;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

TEST(Login, GivesTheBrowserACookieForItsEyesAlone) {
  TestSandbox sandbox;
  const auto page = sandbox.get("/login.jsp");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(header_of(page, "Set-Cookie"),
              MatchesRegex("JSESSIONID=[0-9A-Za-z]{32}; Path=/jira; HttpOnly; SameSite=Lax"));
  EXPECT_EQ(header_of(page, "X-Frame-Options"), "SAMEORIGIN");
  EXPECT_THAT(page.body, HasSubstr(R"(<label for="os_username">)"));
  EXPECT_THAT(page.body, HasSubstr("The password of each is the username."));
}

TEST(Login, TellsOnlyThePasswordsThatAreNoSecret) {
  Config config = test::test_config();
  config.users.front().password = "of her own";
  TestSandbox sandbox(std::move(config));
  const auto page = sandbox.get("/login.jsp");
  EXPECT_THAT(page.body, HasSubstr("Users here: <code>bob</code>, <code>admin</code>."));
  Config own = test::test_config();
  for (User& user : own.users) user.password = "of their own";
  EXPECT_THAT(TestSandbox(std::move(own)).get("/login.jsp").body, Not(HasSubstr("Users here")));
}

TEST(Login, LogsInWithTheRightPassword) {
  TestSandbox sandbox;
  Browser browser(sandbox);
  const auto response = browser.log_in("alice", "alice");
  EXPECT_EQ(response.status, 302);
  EXPECT_EQ(header_of(response, "Location"), "/jira/");
  const auto home = browser.get("/");
  EXPECT_EQ(header_of(home, "X-AUSERNAME"), "alice");
  EXPECT_THAT(home.body, HasSubstr("You are logged in as Alice Archer."));
  EXPECT_EQ(header_of(browser.get("/rest/api/2/myself"), "X-AUSERNAME"), "alice");
}

TEST(Login, SaysWhatIsWrongAndLogsNobodyIn) {
  TestSandbox sandbox;
  for (const auto& attempt : {std::pair("alice", "bob"), std::pair("mallory", "mallory"),
                              std::pair("", ""), std::pair("alice", "")}) {
    Browser browser(sandbox);
    const auto response = browser.log_in(attempt.first, attempt.second);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(header_of(response, "X-Seraph-LoginReason"), "AUTHENTICATED_FAILED");
    EXPECT_THAT(response.body, HasSubstr("your username and password are incorrect"));
    EXPECT_EQ(header_of(browser.get("/"), "X-AUSERNAME"), "anonymous");
  }
}

TEST(Login, ChangesTheCookie) {
  TestSandbox sandbox;
  Browser browser(sandbox);
  browser.get("/login.jsp");
  const std::string before = browser.cookie();
  browser.log_in("alice", "alice");
  EXPECT_NE(browser.cookie(), before);
  Browser fixed(sandbox);
  fixed.set_cookie(before);
  EXPECT_EQ(header_of(fixed.get("/"), "X-AUSERNAME"), "anonymous");
}

TEST(Login, EndsTheSessionBeforeIt) {
  TestSandbox sandbox;
  Browser browser(sandbox);
  browser.log_in("alice", "alice");
  Browser old(sandbox);
  old.set_cookie(browser.cookie());
  browser.log_in("bob", "bob");
  EXPECT_EQ(header_of(browser.get("/"), "X-AUSERNAME"), "bob");
  EXPECT_EQ(header_of(old.get("/"), "X-AUSERNAME"), "anonymous");
}

TEST(Login, NeedsItsXsrfToken) {
  TestSandbox sandbox;
  Browser browser(sandbox);
  const std::string fields = "os_username=alice&os_password=alice";
  EXPECT_EQ(browser.post("/login.jsp", fields).status, 403);
  browser.get("/login.jsp");
  EXPECT_EQ(browser.post("/login.jsp", fields + "&atl_token=wrong").status, 403);
  EXPECT_EQ(header_of(browser.get("/"), "X-AUSERNAME"), "anonymous");
}

TEST(Login, LeadsNowhereElse) {
  TestSandbox sandbox;
  for (const char* destination : {"http://evil.example/", "//evil.example/", "/%5Cevil.example/",
                                  "evil", "/x%0D%0AY:%20z", "/%C3%BC", "javascript:alert(1)"}) {
    Browser browser(sandbox);
    const auto response = browser.submit(
        "/login.jsp", "/login.jsp",
        std::string("os_username=alice&os_password=alice&os_destination=") + destination);
    EXPECT_EQ(header_of(response, "Location"), "/jira/") << destination;
  }
}

TEST(Login, RefusesAUserWithoutTheRight) {
  Config config = test::test_config();
  config.users.front().login = LoginRight::withdrawn;
  TestSandbox sandbox(std::move(config));
  EXPECT_EQ(Browser(sandbox).log_in("alice", "alice").status, 200);
}

TEST(Login, LastsFiveHoursAfterTheLastUse) {
  TestSandbox sandbox;
  Browser browser(sandbox);
  browser.log_in("alice", "alice");
  sandbox.clock().advance(5h);
  EXPECT_EQ(header_of(browser.get("/"), "X-AUSERNAME"), "alice");
  sandbox.clock().advance(5h + 1s);
  EXPECT_EQ(header_of(browser.get("/"), "X-AUSERNAME"), "anonymous");
}

TEST(Login, ForgetsTheOldestOfTooManySessions) {
  TestSandbox sandbox;
  Browser browser(sandbox);
  browser.log_in("alice", "alice");
  sandbox.clock().advance(1s);
  for (int i = 0; i < 1000; ++i) sandbox.get("/login.jsp");
  EXPECT_EQ(header_of(browser.get("/"), "X-AUSERNAME"), "anonymous");
}

// What a page is given that a user, an administrator or a client could have made up.
TEST(Pages, EscapeWhatTheyAreGiven) {
  const std::string hostile = "<script>alert('x')</script>\"&\xff";
  const std::string harmless = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;\uFFFD";
  Config config = test::test_config();
  config.consumers.front().name = hostile;
  config.consumers.front().description = hostile;
  config.users.front().display_name = hostile;
  TestSandbox sandbox(std::move(config));
  Browser browser(sandbox);
  browser.log_in("alice", "alice");
  const std::string path = "/plugins/servlet/oauth/authorize?oauth_token=";
  const auto page = browser.get(path + sandbox.request_token().token);
  const auto approved = browser.submit_decision(sandbox.request_token().token, "approve=1");
  const auto denied = browser.submit_decision(sandbox.request_token().token, "deny=1");
  for (const auto& response : {page, approved, denied, browser.get("/")}) {
    EXPECT_THAT(response.body, HasSubstr(harmless));
    EXPECT_THAT(response.body, Not(HasSubstr("<script")));
  }
}

TEST(Pages, EscapeADestination) {
  TestSandbox sandbox;
  const auto page = sandbox.get("/login.jsp?os_destination=/%22%3E%3Cscript%3E");
  EXPECT_THAT(page.body, HasSubstr(R"(name="os_destination" value="/&quot;&gt;&lt;script&gt;")"));
}

TEST(Pages, AllowTheirOwnStyleAlone) {
  TestSandbox sandbox;
  EXPECT_THAT(header_of(sandbox.get("/login.jsp"), "Content-Security-Policy"),
              MatchesRegex("default-src 'none'; style-src 'sha256-[0-9A-Za-z+/]{43}='; "
                           "base-uri 'none'; frame-ancestors 'self'"));
}

}  // namespace
}  // namespace applink::sandbox
