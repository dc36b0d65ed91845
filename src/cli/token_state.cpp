// Compares what is left of its time with what counts as due.
#include "cli/token_state.h"

#include <fmt/format.h>

#include "applink/jira/login_command.h"

namespace applink::cli {

bool can_be_renewed(const store::Token& token, Timestamp now) {
  if (token.session_handle.empty()) return false;
  return !token.session_expires || now <= *token.session_expires;
}

TokenState state_of(const store::Token& token, Timestamp now) {
  constexpr std::chrono::days notice(30);
  if (!token.expires) return TokenState::good;
  if (now > *token.expires) return TokenState::expired;
  return now + notice > *token.expires ? TokenState::renewal_due : TokenState::good;
}

std::string_view to_string(TokenState state) {
  switch (state) {
    case TokenState::good:
      return "good";
    case TokenState::renewal_due:
      return "renewal due";
    case TokenState::expired:
      return "expired";
  }
  return "";
}

std::optional<std::string> word_of_caution(const store::Token& token, Timestamp now) {
  const TokenState state = state_of(token, now);
  if (state == TokenState::good) return std::nullopt;
  const auto command = can_be_renewed(token, now) ? jira::renewal_command : jira::login_command;
  return fmt::format("the token of {} {} {}: {} makes a new one", token.link,
                     state == TokenState::expired ? "expired on" : "expires on",
                     to_rfc3339(*token.expires), command(token.link, token.user_label));
}

}  // namespace applink::cli
