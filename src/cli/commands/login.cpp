// applink login LINK
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/handshake/login_session.h"
#include "applink/jira/login_command.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/link_choice.h"
#include "cli/login_by_hand.h"
#include "cli/login_callback.h"
#include "cli/login_narrator.h"
#include "cli/signing_parts.h"

namespace applink::cli {
namespace {

struct Input {
  std::optional<std::string> link;
  std::string user_label{store::default_user_label};
  CallbackFlags callback;
  bool start = false;
  std::optional<std::string> finish;
  bool no_browser = false;
  bool qr_code = false;
  std::optional<std::chrono::seconds> timeout;
};

constexpr std::chrono::seconds usual_patience = std::chrono::minutes(5);

Result<void> check(const Input& input) {
  if (input.start && input.finish) {
    return fail(ErrorCode::usage, "--start and --finish are two sittings",
                "first --start, and --finish with the code it led to");
  }
  if (input.finish && (input.callback.port || input.callback.url)) {
    return fail(ErrorCode::usage, "--finish ends a login whose callback is told already",
                "leave out the callback, or start over without --finish");
  }
  if (input.finish && input.qr_code) {
    return fail(ErrorCode::usage, "--finish opens no page that a QR code could lead to",
                "leave out --qr, or start over without --finish");
  }
  if (input.start && input.callback.port) {
    return fail(ErrorCode::usage, "--start waits for no answer, so nothing listens at a port",
                "leave out --start or --callback-port");
  }
  if (input.timeout && *input.timeout <= std::chrono::seconds::zero()) {
    return fail(ErrorCode::usage, "--timeout leaves no time to press Allow",
                "how long to wait, for example --timeout 5m");
  }
  return jira::check_name("user label", input.user_label);
}

Result<void> check_timeout(const Input& input, const LoginCallback& callback) {
  if (!input.timeout || (callback.listener && !input.start && !input.finish)) return {};
  return fail(ErrorCode::usage, "--timeout is for a login whose answer arrives by itself",
              "a login whose answer is typed waits for as long as it takes");
}

void tell_success(const handshake::Login& login, const jira::ApplicationLink& link,
                  Context& context) {
  const std::string until =
      login.expires ? fmt::format(", good until {}", to_rfc3339(*login.expires)) : "";
  const std::string owner =
      login.user.name.empty() ? "" : fmt::format(" of {}", terminal_safe(login.user.name));
  context.console().narrate(fmt::format("{} has a token{}{}", link.name, owner, until));
}

/// The page alone is the answer; everything else is for a person.
Result<void> print_page(handshake::LoginSession& session, LoginNarrator& narrator,
                        const std::string& callback, Context& context) {
  TRY_ASSIGN(const http::Url page, session.start(callback));
  narrator.show_qr_code(page);
  return context.console().answer(page.text() + "\n");
}

/// --start needs a callback that listens by itself, or a code that the page shows.
LoginCallback in_two_sittings(LoginCallback callback) {
  if (!callback.listener) return callback;
  const std::string& url = callback.listener->url;
  return {std::nullopt, url.empty() ? std::string(handshake::oob) : url};
}

LoginNarrator::Manner manner_of(const Input& input, const jira::ApplicationLink& link,
                                const LoginCallback& callback) {
  return {jira::login_command(link.name, input.user_label), callback,
          input.no_browser || input.callback.oob ? Browser::left_alone : Browser::started,
          input.qr_code ? ShowQrCode::yes : ShowQrCode::no};
}

Result<void> run(const Input& input, Context& context) {
  TRY(check(input));
  TRY_ASSIGN(const auto link, chosen_link(context, input.link));
  TRY_ASSIGN(auto callback, input.callback.chosen(link));
  TRY(check_timeout(input, callback));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto signer, signer_of(context, link));
  TRY_ASSIGN(const auto transport, transport_of(context, link, Answers::of_the_dance));
  LoginNarrator narrator(context, manner_of(input, link, callback));
  handshake::LoginSession session({*vault, *transport, signer, narrator}, input.user_label);
  if (input.start) return print_page(session, narrator, in_two_sittings(callback).told, context);
  const auto patience = input.timeout.value_or(usual_patience);
  auto login = input.finish        ? session.finish(*input.finish)
               : callback.listener ? session.by_browser(patience, *callback.listener)
                                   : login_by_hand(session, narrator, callback.told, link,
                                                   input.user_label, context);
  if (!login) return tl::unexpected(std::move(login).error());
  tell_success(*login, link, context);
  return {};
}

}  // namespace

Action login(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.optional("LINK", input->link, "the link (the default one)");
  arguments.option("-u,--user", "LABEL", input->user_label,
                   "keep the token under this label, beside those of other users");
  input->callback.declare(arguments);
  arguments.flag("--start", input->start,
                 "print the page's URL and stop; the code is for --finish, later");
  arguments.option("--finish", "CODE-OR-URL", input->finish,
                   "go on with the code, or the address that the browser was sent to");
  arguments.flag("--qr", input->qr_code, "show the page's URL as a QR code as well");
  arguments.flag("--no-browser", input->no_browser, "print the URL, start no browser");
  arguments.option("--timeout", "TIME", input->timeout, "how long to wait for Allow (5m)");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli
