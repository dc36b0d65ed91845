// A vault with a link, a provider that answers from a script, and a login between them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "applink/handshake/login_session.h"
#include "support/fake_transport.h"
#include "support/signed_requests.h"
#include "support/stocked_vault.h"
#include "support/temp_dir.h"

namespace applink::handshake {

using test::jira_link;

inline constexpr const char* temporary =
    "oauth_token=reqtoken&oauth_token_secret=s&oauth_callback_confirmed=true";
inline constexpr const char* token =
    "oauth_token=acctoken&oauth_token_secret=s&oauth_expires_in=157680000&"
    "oauth_session_handle=handle&oauth_authorization_expires_in=160272000";
inline constexpr const char* alice = R"({"name":"alice","displayName":"Alice"})";

class Narrator final : public LoginNarrator {
 public:
  void tell(std::string_view line) override { lines.emplace_back(line); }
  void warn(std::string_view line) override { warnings.emplace_back(line); }
  void show_authorization_page(const http::Url& page) override {
    pages.push_back(page.text());
    if (on_page) on_page();
  }
  std::vector<std::string> lines;
  std::vector<std::string> warnings;
  std::vector<std::string> pages;
  std::function<void()> on_page;
};

class LoginSessionTest : public testing::Test {
 protected:
  LoginSessionTest() { test::stock(*vault_, test_.clock); }

  LoginSession session() {
    return LoginSession({*vault_, transport_, test_.signer, narrator_}, "default");
  }
  std::optional<store::PendingLogin> pending() {
    return vault_->find_pending_login(jira_link(), "default").value();
  }
  std::optional<store::Token> stored() {
    return vault_->find_token(jira_link(), "default").value();
  }

  test::TestSigner test_;
  test::TempDir directory_;
  std::unique_ptr<store::Vault> vault_ =
      store::Vault::open({directory_ / "data" / "store.db", directory_ / "config" / "store.key"},
                         test_.clock)
          .value();
  test::FakeTransport transport_;
  Narrator narrator_;
};

}  // namespace applink::handshake
