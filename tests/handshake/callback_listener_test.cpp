#include "applink/handshake/callback_listener.h"

#include <future>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/http/curl_transport.h"
#include "support/links.h"

namespace applink::handshake {
namespace {

using namespace std::chrono_literals;
using test::url;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// A listener, and the browser that comes to it.
class CallbackListenerTest : public testing::Test {
 protected:
  http::Response visit(std::string_view address, const char* method = "GET") {
    const auto response = browser_->send({method, url(address), {}, ""});
    EXPECT_TRUE(response) << response.error().message;
    return response.value_or(http::Response{});
  }
  http::Response answer(std::string_view query) {
    return visit(listener_->callback_url() + "?" + std::string(query));
  }
  /// What has been heard by now.
  Result<std::optional<std::string>> heard() { return listener_->wait(0s); }

  std::unique_ptr<CallbackListener> listener_ = CallbackListener::start().value();
  std::unique_ptr<http::Transport> browser_ = http::make_curl_transport({});
};

TEST_F(CallbackListenerTest, ListensOnThisMachineAtAPathThatNobodyGuesses) {
  const auto address = url(listener_->callback_url());
  EXPECT_EQ(address.host(), "127.0.0.1");
  EXPECT_EQ(address.scheme(), "http");
  EXPECT_EQ(address.query(), std::nullopt);
  EXPECT_EQ(address.path().size(), std::string_view("/callback/").size() + 32);
  std::set<std::string> paths;
  for (int i = 0; i < 20; ++i) {
    paths.emplace(url(CallbackListener::start().value()->callback_url()).path());
  }
  EXPECT_EQ(paths.size(), 20U);
}

TEST_F(CallbackListenerTest, TakesTheAnswerOfItsToken) {
  listener_->expect("reqtoken");
  const auto page = answer("oauth_token=reqtoken&oauth_verifier=aB3xY9");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body,
              AllOf(HasSubstr("<h1>You allowed the login</h1>"), HasSubstr("may close this tab"),
                    Not(HasSubstr("aB3xY9")), Not(HasSubstr("reqtoken"))));
  EXPECT_EQ(heard().value(), "aB3xY9");
}

TEST_F(CallbackListenerTest, ServesPagesThatNeedAndLeakNothing) {
  listener_->expect("reqtoken");
  const auto page = answer("oauth_token=reqtoken&oauth_verifier=aB3xY9");
  EXPECT_EQ(page.headers.find("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.headers.find("Referrer-Policy"), "no-referrer");
  EXPECT_EQ(page.headers.find("Cache-Control"), "no-store");
  EXPECT_EQ(page.headers.all("Content-Security-Policy").size(), 1U);
  EXPECT_THAT(std::string(*page.headers.find("Content-Security-Policy")),
              AllOf(HasSubstr("default-src 'none'"), HasSubstr("style-src 'sha256-"),
                    HasSubstr("frame-ancestors 'none'"), Not(HasSubstr("unsafe"))));
  EXPECT_THAT(page.body, AllOf(HasSubstr("color-scheme: light dark"), Not(HasSubstr("<script")),
                               Not(HasSubstr("http://")), Not(HasSubstr("https://"))));
}

TEST_F(CallbackListenerTest, WakesTheOneWhoWaits) {
  listener_->expect("reqtoken");
  auto waiting = std::async(std::launch::async, [this] { return listener_->wait(1h); });
  answer("oauth_token=reqtoken&oauth_verifier=aB3xY9");
  EXPECT_EQ(waiting.get().value(), "aB3xY9");
}

TEST_F(CallbackListenerTest, ReportsADenial) {
  listener_->expect("reqtoken");
  const auto page = answer("oauth_token=reqtoken&oauth_verifier=denied");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("<h1>You denied the login</h1>"));
  const auto result = heard();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::denied);
}

TEST_F(CallbackListenerTest, TakesADenialOfAProviderOfAnotherMake) {
  listener_->expect("reqtoken");
  EXPECT_THAT(answer("denied=other").body, HasSubstr("This answer belongs to another login"));
  EXPECT_EQ(heard().value(), std::nullopt);
  const auto page = answer("denied=reqtoken");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("<h1>You denied the login</h1>"));
  EXPECT_EQ(heard().error().code, ErrorCode::denied);
}

TEST_F(CallbackListenerTest, DoesNotClaimToKnowWhatAnAnswerOfOAuth10Says) {
  listener_->expect("reqtoken", oauth1::CallbackConfirmed::no);
  const auto page = answer("oauth_token=reqtoken");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("<h1>applink has your answer</h1>"),
                               Not(HasSubstr("You allowed")), Not(HasSubstr("You denied"))));
  EXPECT_EQ(heard().value(), "");
}

TEST_F(CallbackListenerTest, GoesOnWaitingAfterAStrangersAnswer) {
  listener_->expect("reqtoken");
  for (const auto* const query :
       {"oauth_token=other&oauth_verifier=aB3xY9", "oauth_token=other&oauth_verifier=denied",
        "oauth_verifier=aB3xY9", "oauth_token=reqtoken", "", "oauth_token=reqtoken&oauth_verifier=",
        "oauth_token=other&oauth_token=reqtoken&oauth_verifier=aB3xY9"}) {
    EXPECT_EQ(answer(query).status, 400) << query;
    EXPECT_EQ(heard().value(), std::nullopt) << query;
  }
  answer("oauth_token=reqtoken&oauth_verifier=aB3xY9");
  EXPECT_EQ(heard().value(), "aB3xY9");
}

TEST_F(CallbackListenerTest, SaysWhatIsWrongWithAnAnswer) {
  listener_->expect("reqtoken");
  EXPECT_THAT(answer("oauth_token=other&oauth_verifier=aB3xY9").body,
              HasSubstr("This answer belongs to another login"));
  EXPECT_THAT(answer("oauth_token=other&oauth_verifier=denied").body,
              HasSubstr("This answer belongs to another login"));
  for (const auto* const query : {"", "oauth_token=reqtoken", "oauth_verifier=aB3xY9", "error=1"}) {
    EXPECT_THAT(answer(query).body, HasSubstr("There is no answer in this address")) << query;
  }
}

TEST_F(CallbackListenerTest, TakesOneAnswerOnly) {
  listener_->expect("reqtoken");
  answer("oauth_token=reqtoken&oauth_verifier=aB3xY9");
  for (const auto* const second : {"oauth_token=reqtoken&oauth_verifier=ZZZZZZ",
                                   "oauth_token=reqtoken&oauth_verifier=denied"}) {
    const auto page = answer(second);
    EXPECT_EQ(page.status, 410);
    EXPECT_THAT(page.body, HasSubstr("answered already"));
  }
  EXPECT_EQ(heard().value(), "aB3xY9");
}

TEST_F(CallbackListenerTest, KnowsOnePathAndOneMethod) {
  listener_->expect("reqtoken");
  const auto address = url(listener_->callback_url());
  const auto origin = "http://127.0.0.1:" + std::to_string(address.port());
  const std::string query = "?oauth_token=reqtoken&oauth_verifier=aB3xY9";
  for (const auto& path : {std::string("/"), std::string("/callback/"), std::string("/favicon.ico"),
                           std::string(address.path()) + "/", std::string(address.path()) + "x",
                           "/x/.." + std::string(address.path())}) {
    EXPECT_EQ(visit(origin + path + query).status, 404) << path;
  }
  for (const auto* const method : {"POST", "PUT", "DELETE"}) {
    const auto page = visit(listener_->callback_url() + query, method);
    EXPECT_EQ(page.status, 405) << method;
    EXPECT_EQ(page.headers.find("Allow"), "GET");
  }
  EXPECT_EQ(heard().value(), std::nullopt);
}

TEST_F(CallbackListenerTest, ListensAtAGivenPort) {
  const auto port = url(listener_->callback_url()).port();
  listener_.reset();
  listener_ = CallbackListener::start({.port = port, .url = ""}).value();
  EXPECT_THAT(listener_->callback_url(),
              testing::StartsWith("http://127.0.0.1:" + std::to_string(port) + "/callback/"));
  listener_->expect("reqtoken");
  EXPECT_EQ(answer("oauth_token=reqtoken&oauth_verifier=aB3xY9").status, 200);
}

TEST_F(CallbackListenerTest, SaysWhichPortIsTaken) {
  const auto port = url(listener_->callback_url()).port();
  const auto second = CallbackListener::start({.port = port, .url = ""});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::failed);
  EXPECT_EQ(second.error().message, "cannot wait for the answer at port " + std::to_string(port) +
                                        ": Address already in use");
  EXPECT_THAT(second.error().hint, HasSubstr("--callback-port"));
}

TEST_F(CallbackListenerTest, TakesWhatIsForwardedFromAnAddressElsewhere) {
  const auto here = url(listener_->callback_url()).port();
  listener_.reset();
  listener_ =
      CallbackListener::start({.port = here, .url = "https://hub.example.com/jira/back"}).value();
  EXPECT_EQ(listener_->callback_url(), "https://hub.example.com/jira/back");
  listener_->expect("reqtoken");
  const std::string origin = "http://127.0.0.1:" + std::to_string(here);
  EXPECT_EQ(visit(origin + "/back?oauth_token=other&oauth_verifier=aB3xY9").status, 400);
  EXPECT_EQ(visit(origin + "/favicon.ico").status, 400);
  EXPECT_EQ(heard().value(), std::nullopt);
  EXPECT_EQ(visit(origin + "/back?oauth_token=reqtoken&oauth_verifier=aB3xY9").status, 200);
  EXPECT_EQ(heard().value(), "aB3xY9");
}

TEST_F(CallbackListenerTest, TakesNothingBeforeItIsToldWhatToExpect) {
  EXPECT_EQ(answer("oauth_token=&oauth_verifier=aB3xY9").status, 400);
  EXPECT_EQ(answer("oauth_token=reqtoken&oauth_verifier=aB3xY9").status, 400);
  EXPECT_EQ(heard().value(), std::nullopt);
}

TEST_F(CallbackListenerTest, StopsWaitingWhenAsked) {
  std::stop_source source;
  auto waiting =
      std::async(std::launch::async, [&] { return listener_->wait(1h, source.get_token()); });
  source.request_stop();
  const auto result = waiting.get();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::interrupted);
}

TEST_F(CallbackListenerTest, TakesAnyLimit) {
  listener_->expect("reqtoken");
  answer("oauth_token=reqtoken&oauth_verifier=aB3xY9");
  EXPECT_EQ(listener_->wait(std::chrono::seconds::max()).value(), "aB3xY9");
}

TEST_F(CallbackListenerTest, TakesOneOfManyAnswersAtOnce) {
  listener_->expect("reqtoken");
  std::vector<std::jthread> visitors;
  std::atomic<int> taken = 0;
  for (int i = 0; i < 6; ++i) {
    visitors.emplace_back([&] {
      const auto browser = http::make_curl_transport({});
      const auto page = browser->send(
          {"GET",
           url(listener_->callback_url() + "?oauth_token=reqtoken&oauth_verifier=aB3xY9"),
           {},
           ""});
      if (page && page->status == 200) ++taken;
    });
  }
  visitors.clear();
  EXPECT_EQ(taken, 1);
  EXPECT_EQ(heard().value(), "aB3xY9");
}

TEST_F(CallbackListenerTest, DeliversItsPageAlthoughItIsGoneTheNextMoment) {
  listener_->expect("reqtoken");
  const auto address = listener_->callback_url() + "?oauth_token=reqtoken&oauth_verifier=aB3xY9";
  auto page = std::async(std::launch::async, [&] { return visit(address); });
  EXPECT_EQ(listener_->wait(1h).value(), "aB3xY9");
  listener_.reset();
  EXPECT_THAT(page.get().body, HasSubstr("</html>"));
}

}  // namespace
}  // namespace applink::handshake
