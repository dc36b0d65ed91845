#include "applink/handshake/login_session.h"

#include <gmock/gmock.h>

#include "applink/http/curl_transport.h"
#include "handshake/login_session_fixture.h"

namespace applink::handshake {
namespace {

using namespace std::chrono_literals;
using test::protocol_parameter;
using test::url;
using testing::ElementsAre;
using testing::HasSubstr;

TEST_F(LoginSessionTest, TakesTwoSittings) {
  transport_.answer(200, temporary);
  const auto page = session().start();
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->text(),
            "https://jira.example.com/jira/plugins/servlet/oauth/authorize?oauth_token=reqtoken");
  ASSERT_TRUE(pending());
  EXPECT_EQ(pending()->credentials.token, "reqtoken");
  EXPECT_EQ(pending()->callback, "oob");
  EXPECT_EQ(pending()->created, test_.clock.now());
  EXPECT_FALSE(stored());

  test_.clock.advance(5min);
  transport_.answer(200, token);
  transport_.answer(200, alice);
  const auto login = session().finish(" \"aB3xY9\"\n");
  ASSERT_TRUE(login) << login.error().message;
  EXPECT_EQ(login->user.name, "alice");
  EXPECT_EQ(login->expires, test_.clock.now() + 157680000s);
  EXPECT_EQ(protocol_parameter(transport_.requests()[1], "oauth_verifier"), "aB3xY9");
  EXPECT_EQ(protocol_parameter(transport_.requests()[2], "oauth_token"), "acctoken");

  ASSERT_TRUE(stored());
  EXPECT_EQ(stored()->credentials.token, "acctoken");
  EXPECT_EQ(stored()->user_name, "alice");
  EXPECT_EQ(stored()->consumer_key, "hub");
  EXPECT_EQ(stored()->created, test_.clock.now());
  EXPECT_TRUE(stored()->session_handle == Secret("handle"));
  EXPECT_EQ(stored()->session_expires, test_.clock.now() + 160272000s);
  EXPECT_FALSE(pending());
}

TEST_F(LoginSessionTest, KeepsLabelsApart) {
  transport_.answer(200, temporary);
  LoginSession robot({*vault_, transport_, test_.signer, narrator_}, "robot");
  ASSERT_TRUE(robot.start());
  EXPECT_FALSE(pending());
  EXPECT_EQ(session().finish("aB3xY9").error().code, ErrorCode::failed);
  EXPECT_TRUE(vault_->find_pending_login(jira_link(), "robot").value());
  LoginSession nobody({*vault_, transport_, test_.signer, narrator_}, "nobody");
  EXPECT_EQ(nobody.finish("aB3xY9").error().hint,
            "start one: applink login prod --user nobody --oob --start");
}

TEST_F(LoginSessionTest, HasTheLoginStoredBeforeThePageIsShown) {
  transport_.answer(200, temporary);
  bool was_stored = false;
  narrator_.on_page = [&] { was_stored = pending().has_value(); };
  const auto login = session().by_browser(0s);
  EXPECT_TRUE(was_stored);
  EXPECT_THAT(narrator_.pages, ElementsAre("https://jira.example.com/jira/plugins/servlet/oauth/"
                                           "authorize?oauth_token=reqtoken"));
  ASSERT_FALSE(login);
  EXPECT_EQ(login.error().code, ErrorCode::denied);
  EXPECT_EQ(login.error().message, "nobody answered on the page within 0 seconds");
  EXPECT_THAT(login.error().hint, HasSubstr("applink login prod --finish URL"));
  EXPECT_TRUE(pending()) << "the address can still be given by hand";
}

TEST_F(LoginSessionTest, RunsThroughABrowser) {
  transport_.answer(200, temporary);
  transport_.answer(200, token);
  transport_.answer(200, alice);
  narrator_.on_page = [&] {
    const auto callback = protocol_parameter(transport_.requests().front(), "oauth_callback");
    const auto page = http::make_curl_transport({})->send(
        {"GET", url(callback + "?oauth_token=reqtoken&oauth_verifier=aB3xY9"), {}, ""});
    EXPECT_EQ(page.value().status, 200);
  };
  const auto login = session().by_browser(60s);
  ASSERT_TRUE(login) << login.error().message;
  EXPECT_EQ(login->user.display_name, "Alice");
  EXPECT_EQ(stored()->user_name, "alice");
  EXPECT_FALSE(pending());
}

TEST_F(LoginSessionTest, EndsWithADenialInTheBrowser) {
  transport_.answer(200, temporary);
  narrator_.on_page = [&] {
    const auto callback = protocol_parameter(transport_.requests().front(), "oauth_callback");
    EXPECT_TRUE(http::make_curl_transport({})->send(
        {"GET", url(callback + "?oauth_token=reqtoken&oauth_verifier=denied"), {}, ""}));
  };
  EXPECT_EQ(session().by_browser(60s).error().code, ErrorCode::denied);
  EXPECT_FALSE(pending());
  EXPECT_FALSE(stored());
}

TEST_F(LoginSessionTest, CanBeInterruptedAndFinishedByHand) {
  transport_.answer(200, temporary);
  std::stop_source source;
  narrator_.on_page = [&] { source.request_stop(); };
  EXPECT_EQ(session().by_browser(60s, {}, source.get_token()).error().code, ErrorCode::interrupted);
  transport_.answer(200, token);
  transport_.answer(200, alice);
  const auto login =
      session().finish("http://127.0.0.1:1/callback/x?oauth_token=reqtoken&oauth_verifier=aB3xY9");
  EXPECT_TRUE(login) << login.error().message;
}

TEST_F(LoginSessionTest, EndsWithADenialByHand) {
  transport_.answer(200, temporary);
  ASSERT_TRUE(session().start());
  EXPECT_EQ(session().finish("denied").error().code, ErrorCode::denied);
  EXPECT_FALSE(pending());
}

TEST_F(LoginSessionTest, EndsWithADenialByTheProvider) {
  transport_.answer(200, temporary);
  ASSERT_TRUE(session().start());
  transport_.answer(401, "oauth_problem=permission_denied");
  EXPECT_EQ(session().finish("aB3xY9").error().code, ErrorCode::denied);
  EXPECT_FALSE(pending());
}

TEST_F(LoginSessionTest, ForgivesAWrongCode) {
  transport_.answer(200, temporary);
  ASSERT_TRUE(session().start());
  EXPECT_EQ(session().finish("http://h/?oauth_token=other&oauth_verifier=a").error().code,
            ErrorCode::usage);
  transport_.answer(401, "oauth_problem=token_rejected");
  const auto wrong = session().finish("xxxxxx");
  EXPECT_EQ(wrong.error().code, ErrorCode::refused);
  EXPECT_THAT(wrong.error().hint, HasSubstr("the code is not the one"));
  ASSERT_TRUE(pending());
  transport_.answer(200, token);
  transport_.answer(200, alice);
  EXPECT_TRUE(session().finish("aB3xY9"));
}

TEST_F(LoginSessionTest, AdvisesALoginUnderItsOwnLabel) {
  LoginSession second({*vault_, transport_, test_.signer, narrator_}, "second");
  transport_.answer(200, temporary);
  ASSERT_TRUE(second.start());
  for (const auto* const problem : {"token_rejected", "token_used", "permission_denied"}) {
    transport_.answer(401, "oauth_problem=" + std::string(problem));
    EXPECT_THAT(second.finish("xxxxxx").error().hint,
                HasSubstr("applink login prod --user second"));
  }
}

TEST_F(LoginSessionTest, SaysThatALoginIsTooOld) {
  transport_.answer(200, temporary);
  ASSERT_TRUE(session().start());
  test_.clock.advance(25min);
  transport_.answer(401, "oauth_problem=token_expired");
  const auto late = session().finish("aB3xY9");
  EXPECT_EQ(late.error().code, ErrorCode::refused);
  EXPECT_EQ(late.error().hint,
            "the login was started 25 minutes ago, and jira forgets one after 10: start over: "
            "applink login prod");
}

//= rfc5849#2.2
//# Before the client requests a set of token credentials from the server, it MUST send the user to
//# the server to authorize the request.
TEST_F(LoginSessionTest, NeedsAStartBeforeAFinish) {
  const auto login = session().finish("aB3xY9");
  EXPECT_EQ(login.error().code, ErrorCode::failed);
  EXPECT_EQ(login.error().hint, "start one: applink login prod --oob --start");
}

TEST_F(LoginSessionTest, LeavesTheStoreAsItWasWhereTheFirstLegFails) {
  transport_.answer(200, temporary);
  ASSERT_TRUE(session().start());
  transport_.answer(401, "oauth_problem=consumer_key_unknown");
  EXPECT_EQ(session().start().error().code, ErrorCode::refused);
  EXPECT_EQ(pending()->credentials.token, "reqtoken");
}

TEST_F(LoginSessionTest, FilesNoTokenUnderALinkThatLeadsElsewhereByNow) {
  auto elsewhere = jira_link();
  elsewhere.base_url = "https://other.example.com";
  transport_.answer(200, temporary);
  transport_.answer(200, token);
  narrator_.on_page = [&] {
    EXPECT_TRUE(vault_->remove_link("prod"));
    EXPECT_TRUE(vault_->add_link(elsewhere));
    const auto callback = protocol_parameter(transport_.requests().front(), "oauth_callback");
    EXPECT_TRUE(http::make_curl_transport({})->send(
        {"GET", url(callback + "?oauth_token=reqtoken&oauth_verifier=aB3xY9"), {}, ""}));
  };
  const auto login = session().by_browser(60s);
  ASSERT_FALSE(login);
  EXPECT_EQ(login.error().code, ErrorCode::conflict);
  EXPECT_FALSE(vault_->find_pending_login(elsewhere, "default").value());
  EXPECT_FALSE(vault_->find_token(elsewhere, "default").value());
}

TEST_F(LoginSessionTest, FinishesNoLoginOfALinkThatLeadsElsewhereByNow) {
  transport_.answer(200, temporary);
  ASSERT_TRUE(session().start());
  auto elsewhere = jira_link();
  elsewhere.base_url = "https://other.example.com";
  ASSERT_TRUE(vault_->replace_link(jira_link(), elsewhere));
  // Somebody logs in there anew, between our reading of the link and of its login.
  store::PendingLogin theirs;
  theirs.link = "prod";
  theirs.credentials = {"theirs", Secret("their secret")};
  theirs.callback = "oob";
  ASSERT_TRUE(vault_->put_pending_login(elsewhere, theirs));
  const auto login = session().finish("aB3xY9");
  ASSERT_FALSE(login);
  EXPECT_EQ(login.error().code, ErrorCode::conflict);
  EXPECT_EQ(transport_.requests().size(), 1U) << "their token goes to no host of ours";
  EXPECT_TRUE(vault_->find_pending_login(elsewhere, "default").value());
}

TEST_F(LoginSessionTest, TellsNothingSecret) {
  transport_.answer(200, temporary);
  transport_.answer(200, token);
  transport_.answer(200, alice);
  ASSERT_TRUE(session().start());
  ASSERT_TRUE(session().finish("aB3xY9"));
  for (const auto& line : narrator_.lines) {
    for (const auto* const secret : {"acctoken", "reqtoken", "handle", "aB3xY9"}) {
      EXPECT_THAT(line, testing::Not(HasSubstr(secret)));
    }
  }
}

}  // namespace
}  // namespace applink::handshake
