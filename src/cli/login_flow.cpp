// Chooses between the listener and the hand of a person.
#include "cli/login_flow.h"

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/jira/login_command.h"
#include "cli/login_by_hand.h"

namespace applink::cli {
namespace {

constexpr std::chrono::seconds usual_patience = std::chrono::minutes(5);

}  // namespace

void LoginFlags::declare(Arguments& arguments) {
  arguments.option("-u,--user", "LABEL", user_label,
                   "keep the token under this label, beside those of other users");
  callback.declare(arguments);
  arguments.flag("--qr", qr_code, "show the page's URL as a QR code as well");
  arguments.flag("--no-browser", no_browser, "print the URL, start no browser");
  arguments.option("--timeout", "TIME", timeout, "how long to wait for Allow (5m)");
}

Result<void> LoginFlags::check() const {
  if (timeout && *timeout <= std::chrono::seconds::zero()) {
    return fail(ErrorCode::usage, "--timeout leaves no time to press Allow",
                "how long to wait, for example --timeout 5m");
  }
  return jira::check_name("user label", user_label);
}

Result<void> LoginFlags::check_timeout(const LoginCallback& chosen) const {
  if (!timeout || chosen.listener) return {};
  return fail(ErrorCode::usage, "--timeout is for a login whose answer arrives by itself",
              "a login whose answer is typed waits for as long as it takes");
}

LoginNarrator::Manner LoginFlags::manner(const jira::ApplicationLink& link,
                                         const LoginCallback& chosen) const {
  return {jira::login_command(link.name, user_label), chosen,
          no_browser || callback.oob ? Browser::left_alone : Browser::started,
          qr_code ? ShowQrCode::yes : ShowQrCode::no};
}

Result<handshake::Login> log_in(handshake::LoginSession& session, LoginNarrator& narrator,
                                const LoginFlags& flags, const LoginCallback& callback,
                                const jira::ApplicationLink& link, Context& context) {
  if (!callback.listener) {
    return login_by_hand(session, narrator, callback.told, link, flags.user_label, context);
  }
  return session.by_browser(flags.timeout.value_or(usual_patience), *callback.listener);
}

void tell_of_login(const handshake::Login& login, const jira::ApplicationLink& link,
                   Console& console) {
  const std::string until =
      login.expires ? fmt::format(", good until {}", to_rfc3339(*login.expires)) : "";
  const std::string owner =
      login.user.name.empty() ? "" : fmt::format(" of {}", terminal_safe(login.user.name));
  console.narrate(fmt::format("{} has a token{}{}", link.name, owner, until));
}

}  // namespace applink::cli
