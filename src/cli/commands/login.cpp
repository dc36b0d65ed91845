// applink login LINK
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "applink/handshake/login_session.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/link_choice.h"
#include "cli/login_flow.h"
#include "cli/signing_parts.h"

namespace applink::cli {
namespace {

struct Input {
  std::optional<std::string> link;
  LoginFlags login;
  bool start = false;
  std::optional<std::string> finish;
};

Result<void> check(const Input& input) {
  if (input.start && input.finish) {
    return fail(ErrorCode::usage, "--start and --finish are two sittings",
                "first --start, and --finish with the code it led to");
  }
  if (input.finish && (input.login.callback.port || input.login.callback.url)) {
    return fail(ErrorCode::usage, "--finish ends a login whose callback is told already",
                "leave out the callback, or start over without --finish");
  }
  if (input.finish && input.login.qr_code) {
    return fail(ErrorCode::usage, "--finish opens no page that a QR code could lead to",
                "leave out --qr, or start over without --finish");
  }
  if (input.start && input.login.callback.port) {
    return fail(ErrorCode::usage, "--start waits for no answer, so nothing listens at a port",
                "leave out --start or --callback-port");
  }
  if (input.login.timeout && (input.start || input.finish)) {
    return fail(ErrorCode::usage, "--timeout is for a login whose answer arrives by itself",
                "a login in two sittings waits for as long as it takes");
  }
  return input.login.check();
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

Result<void> run(const Input& input, Context& context) {
  TRY(check(input));
  TRY_ASSIGN(const auto link, chosen_link(context, input.link));
  TRY_ASSIGN(auto callback, input.login.callback.chosen(link));
  TRY(input.login.check_timeout(callback));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto signer, signer_of(context, link));
  TRY_ASSIGN(const auto transport, transport_of(context, link, Answers::of_the_dance));
  LoginNarrator narrator(context, input.login.manner(link, callback));
  handshake::LoginSession session({*vault, *transport, signer, narrator}, input.login.user_label);
  if (input.start) return print_page(session, narrator, in_two_sittings(callback).told, context);
  auto login = input.finish ? session.finish(*input.finish)
                            : log_in(session, narrator, input.login, callback, link, context);
  if (!login) return tl::unexpected(std::move(login).error());
  tell_of_login(*login, link, context.console());
  return {};
}

}  // namespace

Action login(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.optional("LINK", input->link, "the link (the default one)");
  input->login.declare(arguments);
  arguments.flag("--start", input->start,
                 "print the page's URL and stop; the code is for --finish, later");
  arguments.option("--finish", "CODE-OR-URL", input->finish,
                   "go on with the code, or the address that the browser was sent to");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli
