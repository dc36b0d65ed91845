// A whole login over a vault, in one sitting or two: what only we hold is stored before it is told.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/handshake/handshake.h"
#include "applink/http/transport.h"
#include "applink/http/url.h"
#include "applink/jira/user.h"
#include "applink/signing/request_signer.h"
#include "applink/store/vault.h"

namespace applink::handshake {

/// What a login has to say to the person who logs in.
class LoginNarrator {
 public:
  virtual ~LoginNarrator() = default;
  /// One step done or begun: a line without a full stop.
  virtual void tell(std::string_view line) = 0;
  /// The page to open. It is said whatever else is muted; a browser may be opened as well.
  virtual void show_authorization_page(const http::Url& page) = 0;
};

struct Login {
  std::string user_label;  ///< under which the token is kept
  jira::User user;         ///< who the product says that it speaks for
  std::optional<Timestamp> expires;
};

/// One login of one link under one user label. Everything handed in outlives it.
class LoginSession {
 public:
  struct Parts {
    store::Vault& vault;
    http::Transport& transport;
    const signing::RequestSigner& signer;
    LoginNarrator& narrator;
  };

  LoginSession(Parts parts, std::string user_label);

  /// The first of two sittings: the page where the user allows. What finish() needs is stored.
  Result<http::Url> start(std::string_view callback = oob);

  /// The second sitting: `answer` is the code, or the address of the redirect. A token that could
  /// not be proven is kept, and the next finish() or resume() goes on from there.
  Result<Login> finish(std::string_view answer);

  /// Goes on with a token that was exchanged and not yet proven; absent where there is none, or
  /// where the product refuses it.
  Result<std::optional<Login>> resume();

  /// Both sittings in one: the browser, and a listener on this machine.
  Result<Login> by_browser(std::chrono::seconds limit, std::stop_token stop = {});

 private:
  Result<store::PendingLogin> pending() const;
  Result<void> exchange(store::PendingLogin& pending, std::string_view verifier);
  Result<Login> prove(const store::PendingLogin& pending);

  Parts parts_;
  Handshake handshake_;
  std::string user_label_;
};

}  // namespace applink::handshake
