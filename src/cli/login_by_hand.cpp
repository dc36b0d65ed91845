// The question for a code or an address, its pieces put together, and what a mistyped one leads to.
#include "cli/login_by_hand.h"

#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/handshake/callback_answer.h"
#include "applink/handshake/handshake.h"
#include "applink/http/url.h"
#include "applink/jira/login_command.h"
#include "applink/oauth1/credentials.h"
#include "applink/store/vault.h"

namespace applink::cli {
namespace {

constexpr int attempts_at_code = 3;
constexpr int pieces_of_address = 100;

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
                             const jira::ApplicationLink& link, const std::string& user_label) {
  TRY_ASSIGN(const auto pending, vault.find_pending_login(link, user_label));
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
                            const std::string& user_label) {
  TRY_ASSIGN(const auto pending, vault.find_pending_login(link, user_label));
  return pending && !pending->unproven;
}

}  // namespace

Result<handshake::Login> login_by_hand(handshake::LoginSession& session, LoginNarrator& narrator,
                                       const std::string& callback,
                                       const jira::ApplicationLink& link,
                                       const std::string& user_label, Context& context) {
  TRY_ASSIGN(const store::Vault* const vault, context.vault());
  const std::string later =
      fmt::format("{} --finish CODE", jira::login_command(link.name, user_label));
  TRY_ASSIGN(const http::Url page, session.start(callback));
  TRY_ASSIGN(const Question question, question_of(*vault, callback, link, user_label));
  narrator.show_authorization_page(page);
  for (int attempt = 1;; ++attempt) {
    TRY_ASSIGN(const std::string answer, typed_code(context.terminal(), question, later));
    auto login = session.finish(answer);
    if (login || attempt == attempts_at_code) return login;
    const auto reason = login.error().code;
    if (reason != ErrorCode::usage && reason != ErrorCode::refused) return login;
    TRY_ASSIGN(const bool waits, waits_for_code(*vault, link, user_label));
    if (!waits) return login;
    context.console().warn(login.error().message);
  }
}

}  // namespace applink::cli
