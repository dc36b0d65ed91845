// applink login LINK
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/handshake/callback_answer.h"
#include "applink/handshake/login_session.h"
#include "applink/jira/login_command.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/link_choice.h"
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

constexpr int attempts_at_code = 3;
constexpr int pieces_of_address = 100;
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

Result<void> tell_success(const handshake::Login& login, const jira::ApplicationLink& link,
                          Context& context) {
  const std::string until =
      login.expires ? fmt::format(", good until {}", to_rfc3339(*login.expires)) : "";
  const std::string owner =
      login.user.name.empty() ? "" : fmt::format(" of {}", terminal_safe(login.user.name));
  context.console().narrate(fmt::format("{} has a token{}{}", link.name, owner, until));
  return {};
}

/// An address that was pasted in pieces, put together; an empty line says that there are no more.
Result<std::string> whole_address(const Terminal& terminal, std::string answer) {
  for (int piece = 1; piece < pieces_of_address && handshake::is_cut_address(answer); ++piece) {
    TRY_ASSIGN(const std::string line, terminal.ask("The address goes on:", "--finish URL"));
    if (trim_ascii(line).empty()) break;
    answer += line;
  }
  return answer;
}

/// What is asked for in the end. OAuth 1.0 has no code, so there an empty line is an answer.
struct Question {
  std::string_view text;
  oauth1::CallbackConfirmed confirmed;
};

Result<Question> question_of(const store::Vault& vault, const std::string& callback,
                             const jira::ApplicationLink& link, const Input& input) {
  TRY_ASSIGN(const auto pending, vault.find_pending_login(link, input.user_label));
  const auto confirmed =
      pending ? pending->credentials.callback_confirmed : oauth1::CallbackConfirmed::yes;
  if (confirmed == oauth1::CallbackConfirmed::no) {
    return Question{"Press Enter after Allow, or type the code where a page shows one:", confirmed};
  }
  return Question{callback == handshake::oob
                      ? "Verification code:"
                      : "Verification code, or the address that the browser is at:",
                  confirmed};
}

/// The code as it was typed; an empty line is one that was sent too early.
Result<std::string> typed_code(const Terminal& terminal, const Question& question,
                               const std::string& later) {
  for (int attempt = 1; attempt <= attempts_at_code; ++attempt) {
    auto line = terminal.ask(question.text, "--start now, and --finish CODE later");
    if (!line && line.error().code != ErrorCode::failed) return line;
    if (!line) break;
    if (trim_ascii(*line).empty()) {
      if (question.confirmed == oauth1::CallbackConfirmed::no) return std::string();
      continue;
    }
    return whole_address(terminal, *std::move(line));
  }
  return fail(ErrorCode::failed, "no code was typed", fmt::format("once it is there: {}", later));
}

/// Whether another code may still end this login: none that was taken has led to a token.
Result<bool> waits_for_code(const store::Vault& vault, const jira::ApplicationLink& link,
                            const Input& input) {
  TRY_ASSIGN(const auto pending, vault.find_pending_login(link, input.user_label));
  return pending && !pending->unproven;
}

/// The whole of a login whose answer a person carries over, and may mistype.
Result<handshake::Login> by_hand(handshake::LoginSession& session, LoginNarrator& narrator,
                                 const std::string& callback, const jira::ApplicationLink& link,
                                 const Input& input, Context& context) {
  TRY_ASSIGN(const store::Vault* const vault, context.vault());
  const std::string later =
      fmt::format("{} --finish CODE", jira::login_command(link.name, input.user_label));
  TRY_ASSIGN(const http::Url page, session.start(callback));
  TRY_ASSIGN(const Question question, question_of(*vault, callback, link, input));
  narrator.show_authorization_page(page);
  for (int attempt = 1;; ++attempt) {
    TRY_ASSIGN(const std::string answer, typed_code(context.terminal(), question, later));
    auto login = session.finish(answer);
    if (login || attempt == attempts_at_code) return login;
    const auto reason = login.error().code;
    if (reason != ErrorCode::usage && reason != ErrorCode::refused) return login;
    TRY_ASSIGN(const bool waits, waits_for_code(*vault, link, input));
    if (!waits) return login;
    context.console().warn(login.error().message);
  }
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
  auto login = input.finish ? session.finish(*input.finish)
               : callback.listener
                   ? session.by_browser(patience, *callback.listener)
                   : by_hand(session, narrator, callback.told, link, input, context);
  if (!login) return tl::unexpected(std::move(login).error());
  return tell_success(*login, link, context);
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
