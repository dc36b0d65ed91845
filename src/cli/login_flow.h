// A login in one sitting, as a person goes through it: the flags that say how, and the whole of it.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "applink/base/result.h"
#include "applink/handshake/login_session.h"
#include "applink/jira/application_link.h"
#include "applink/store/token.h"
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/login_callback.h"
#include "cli/login_narrator.h"

namespace applink::cli {

struct LoginFlags {
  std::string user_label{store::default_user_label};
  CallbackFlags callback;
  bool qr_code = false;
  bool no_browser = false;
  std::optional<std::chrono::seconds> timeout;

  void declare(Arguments& arguments);
  /// That each is good by itself.
  [[nodiscard]] Result<void> check() const;
  /// That a limit was given only where an answer arrives by itself.
  [[nodiscard]] Result<void> check_timeout(const LoginCallback& callback) const;

  [[nodiscard]] LoginNarrator::Manner manner(const jira::ApplicationLink& link,
                                             const LoginCallback& callback) const;
};

/// By a browser, or by the hand of a person, as `callback` says.
Result<handshake::Login> log_in(handshake::LoginSession& session, LoginNarrator& narrator,
                                const LoginFlags& flags, const LoginCallback& callback,
                                const jira::ApplicationLink& link, Context& context);

/// "prod has a token of alice, good until …".
void tell_of_login(const handshake::Login& login, const jira::ApplicationLink& link,
                   Console& console);

}  // namespace applink::cli
