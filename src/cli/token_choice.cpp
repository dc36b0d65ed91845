#include "cli/token_choice.h"

#include <utility>

#include <fmt/format.h>

#include "applink/jira/login_command.h"

namespace applink::cli {

Result<store::Token> token_of(const store::Vault& vault, const jira::ApplicationLink& link,
                              const std::string& user_label) {
  TRY(jira::check_name("user label", user_label));
  TRY_ASSIGN(auto token, vault.find_token(link, user_label));
  if (token) return *std::move(token);
  const bool is_usual = user_label == store::default_user_label;
  return fail(ErrorCode::failed,
              fmt::format("the link {} has no token{}{}", link.name,
                          is_usual ? "" : " of the user ", is_usual ? "" : user_label),
              jira::login_command(link.name, user_label));
}

}  // namespace applink::cli
