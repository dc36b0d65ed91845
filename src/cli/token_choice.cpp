// The token of the label, or the command that brings one.
#include "cli/token_choice.h"

#include <utility>

#include <fmt/format.h>

#include "applink/jira/login_command.h"

namespace applink::cli {
namespace {

/// "default, second": as --user takes them.
Result<std::string> labels_of(const store::Vault& vault, const jira::ApplicationLink& link) {
  TRY_ASSIGN(const auto tokens, vault.tokens());
  std::string labels;
  for (const auto& token : tokens) {
    if (token.link != link.name) continue;
    labels += fmt::format("{}{}", labels.empty() ? "" : ", ", token.user_label);
  }
  return labels;
}

}  // namespace

Result<store::Token> token_of(const store::Vault& vault, const jira::ApplicationLink& link,
                              const std::string& user_label) {
  TRY(jira::check_name("user label", user_label));
  TRY_ASSIGN(auto token, vault.find_token(link, user_label));
  if (token) return *std::move(token);
  const bool is_usual = user_label == store::default_user_label;
  TRY_ASSIGN(const std::string labels, labels_of(vault, link));
  return fail(ErrorCode::failed,
              fmt::format("the link {} has no token{}{}", link.name,
                          is_usual ? "" : " of the user ", is_usual ? "" : user_label),
              fmt::format("{}{}{}", jira::login_command(link.name, user_label),
                          labels.empty() ? "" : "; users who have one: ", labels));
}

}  // namespace applink::cli
