// A whole login over a vault, in one sitting or two: what only we hold is stored before it is told.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/handshake/callback_listener.h"
#include "applink/handshake/handshake.h"
#include "applink/http/transport.h"
#include "applink/http/url.h"
#include "applink/jira/user.h"
#include "applink/signing/request_signer.h"
#include "applink/store/pending_login.h"
#include "applink/store/vault.h"

namespace applink::handshake {

/// What a login has to say to the person who logs in. What a server said is terminal-safe in it.
class LoginNarrator {
 public:
  virtual ~LoginNarrator() = default;
  /// One step done or begun: a line without a full stop.
  virtual void tell(std::string_view line) = 0;
  /// What nobody should miss, also where narration is muted.
  virtual void warn(std::string_view line) = 0;
  /// The page to open. It is said whatever else is muted; a browser may be opened as well.
  virtual void show_authorization_page(const http::Url& page) = 0;
};

/// A login that is stored, and proven wherever the provider says who is logged in.
struct Login {
  std::string user_label;  ///< under which the token is kept
  /// Who the product says that it speaks for, foreign text; without a name where a generic provider
  /// is not known to say it.
  jira::User user;
  std::optional<Timestamp> expires;
};

/// One login of the signer's link under one user label. Everything handed in outlives it.
class LoginSession {
 public:
  struct Parts {
    store::Vault& vault;
    http::Transport& transport;
    const signing::RequestSigner& signer;
    LoginNarrator& narrator;
  };

  LoginSession(const Parts& parts, std::string user_label);

  /// The first of two sittings: the page where the user allows. What finish() needs is stored. The
  /// browser is sent to `callback`; "oob" has the provider show a code instead.
  [[nodiscard]] Result<http::Url> start(std::string_view callback = oob);

  /// The second sitting: `answer` is the code, or the address of the redirect. A token that was
  /// given and could not be proven is kept; the next finish(), resume() or by_browser() goes on
  /// from there, and so does the token that is in use until then. ErrorCode::denied where the user
  /// denied.
  [[nodiscard]] Result<Login> finish(std::string_view answer);

  /// Goes on with a token that was given and not yet proven; absent where there is none, or where
  /// the product's answer proves nothing: only where none came, the token is worth another try.
  [[nodiscard]] Result<std::optional<Login>> resume();

  /// Both sittings in one: a page in a browser, and a listener on this machine. ErrorCode::denied
  /// where the user denied or did not answer within `limit`.
  [[nodiscard]] Result<Login> by_browser(std::chrono::seconds limit,
                                         const CallbackPlace& place = {},
                                         const std::stop_token& stop = {});

 private:
  [[nodiscard]] const jira::ApplicationLink& link() const { return parts_.signer.link(); }
  [[nodiscard]] Timestamp now() const { return parts_.signer.clock().now(); }

  Result<store::PendingLogin> begin(std::string_view callback);
  Result<std::string> without_denied_login(Result<std::string> verifier);
  Result<Login> complete(store::PendingLogin pending, std::string_view verifier);
  Result<store::Token> exchange(const store::PendingLogin& pending, std::string_view verifier);
  Result<jira::User> owner_of(const store::Token& unproven);
  Result<Login> keep(const store::Token& proven, jira::User user);
  Result<Login> prove(const store::Token& unproven);

  Parts parts_;
  Handshake handshake_;
  std::string user_label_;
};

}  // namespace applink::handshake
