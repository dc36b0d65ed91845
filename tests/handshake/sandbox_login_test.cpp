// The whole job over real sockets: log in at a sandbox, call it, and call it again after a restart.
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/calls/sender.h"
#include "applink/crypto/key_formats.h"
#include "applink/handshake/login_session.h"
#include "applink/http/curl_transport.h"
#include "sandbox/sandbox.h"
#include "support/signed_requests.h"
#include "support/stocked_vault.h"
#include "support/temp_dir.h"

namespace applink::handshake {
namespace {

using namespace std::chrono_literals;
using test::url;
using testing::HasSubstr;

/// Opens the page as a browser does, and goes where it is sent.
class Browser final : public LoginNarrator {
 public:
  void tell(std::string_view) override {}
  void warn(std::string_view line) override { ADD_FAILURE() << line; }
  void show_authorization_page(const http::Url& page) override {
    const auto transport = http::make_curl_transport({});
    const auto allowed = transport->send({"GET", page, {}, ""}).value();
    ASSERT_EQ(allowed.status, 302) << allowed.body;
    callback = *allowed.headers.find("Location");
    EXPECT_EQ(transport->send({"GET", url(callback), {}, ""}).value().status, 200);
  }
  std::string callback;
};

/// What the page says where there is no callback.
std::string code_in(const std::string& page) {
  const std::string mark = "id=\"oauth_verifier\">";
  const auto at = page.find(mark);
  EXPECT_NE(at, std::string::npos) << page;
  return at == std::string::npos ? "" : page.substr(at + mark.size(), 6);
}

class SandboxLoginTest : public testing::Test {
 protected:
  SandboxLoginTest() {
    std::ofstream(directory_ / "public.pem")
        << crypto::to_spki_pem(test::private_key().public_key());
    sandbox::Options options;
    options.consumers.push_back({"hub", directory_ / "public.pem", "", "", std::nullopt});
    options.approve_as = "alice";
    sandbox_.emplace(sandbox::start_sandbox(options, clock_).value());
    link_ = test::jira_link();
    link_.base_url = sandbox_->base_url();
    open_vault();
    test::stock(*vault_, clock_, link_);
  }

  void open_vault() {
    vault_.reset();
    vault_ = store::Vault::open(
                 {directory_ / "data" / "store.db", directory_ / "config" / "store.key"}, clock_)
                 .value();
  }
  signing::RequestSigner signer() {
    return {link_, vault_->key("hubkey").value().private_key, clock_, nonces_};
  }
  std::optional<Error> call() {
    const auto token = vault_->find_token(link_, "default").value();
    const auto signer = this->signer();
    const calls::Sender sender(*transport_, signer, token->credentials.copy());
    const calls::Call call{"GET", "/rest/api/2/issue/TEST-1?fields=summary,a%20b&x=1", {}, ""};
    const auto response = sender.send(call).value();
    return sender.explain(call, response);
  }

  test::FixedClock clock_;
  test::CountingNonces nonces_;
  test::TempDir directory_;
  std::optional<sandbox::RunningSandbox> sandbox_;
  jira::ApplicationLink link_;
  std::unique_ptr<store::Vault> vault_;
  std::unique_ptr<http::Transport> transport_ = http::make_curl_transport({});
  Browser browser_;
};

TEST_F(SandboxLoginTest, LogsInByBrowserAndCallsAfterARestart) {
  const auto signer = this->signer();
  const auto login =
      LoginSession({*vault_, *transport_, signer, browser_}, "default").by_browser(60s);
  ASSERT_TRUE(login) << login.error().message << "; " << login.error().hint;
  EXPECT_EQ(login->user.name, "alice");
  EXPECT_EQ(login->expires, clock_.now() + std::chrono::days(5 * 365));
  open_vault();
  const auto failure = call();
  EXPECT_EQ(failure, std::nullopt) << failure->message << "; " << failure->hint;
}

TEST_F(SandboxLoginTest, ExplainsAnExpiredToken) {
  const auto signer = this->signer();
  ASSERT_TRUE(LoginSession({*vault_, *transport_, signer, browser_}, "default").by_browser(60s));
  clock_.advance(std::chrono::days(5 * 365) + 1s);
  const auto failure = call();
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->code, ErrorCode::refused);
  EXPECT_EQ(failure->message, "jira refused the request: token_expired");
}

TEST_F(SandboxLoginTest, TakesTwoSittingsOnEitherSideOfARestart) {
  const auto signer = this->signer();
  const auto page = LoginSession({*vault_, *transport_, signer, browser_}, "default").start();
  ASSERT_TRUE(page) << page.error().message;
  const auto code = code_in(transport_->send({"GET", *page, {}, ""}).value().body);
  open_vault();
  LoginSession second({*vault_, *transport_, signer, browser_}, "default");
  EXPECT_EQ(second.finish("wrong1").error().message, "jira refused the request: token_rejected");
  const auto login = second.finish(" '" + code + "' ");
  ASSERT_TRUE(login) << login.error().message << "; " << login.error().hint;
  EXPECT_EQ(login->user.name, "alice");
  EXPECT_EQ(call(), std::nullopt);
  EXPECT_EQ(second.finish(code).error().code, ErrorCode::failed) << "nothing waits any more";
}

TEST_F(SandboxLoginTest, SaysThatTheLoginIsTooOld) {
  const auto signer = this->signer();
  LoginSession session({*vault_, *transport_, signer, browser_}, "default");
  const auto page = session.start();
  const auto code = code_in(transport_->send({"GET", *page, {}, ""}).value().body);
  clock_.advance(11min);
  const auto late = session.finish(code);
  EXPECT_EQ(late.error().message, "jira refused the request: token_expired");
  EXPECT_THAT(late.error().hint, HasSubstr("started 11 minutes ago"));
}

TEST_F(SandboxLoginTest, SaysThatTheConsumerKeyIsNotKnown) {
  auto misspelt = link_;
  misspelt.consumer_key = "nub";
  ASSERT_TRUE(vault_->replace_link(link_, misspelt));
  link_ = misspelt;
  const auto signer = this->signer();
  const auto page = LoginSession({*vault_, *transport_, signer, browser_}, "default").start();
  EXPECT_EQ(page.error().message, "jira refused the request: consumer_key_unknown (\"nub\")");
}

}  // namespace
}  // namespace applink::handshake
