#include "cli/token_choice.h"

#include <utility>

#include <fmt/format.h>

namespace applink::cli {

Result<store::Token> token_of(const store::Vault& vault, const jira::ApplicationLink& link,
                              const std::string& user_label) {
  TRY(jira::check_name("user label", user_label));
  TRY_ASSIGN(auto token, vault.find_token(link.name, user_label));
  if (token) return *std::move(token);
  if (user_label == store::default_user_label) {
    return fail(ErrorCode::failed, fmt::format("the link {} has no token", link.name),
                fmt::format("applink login {}", link.name));
  }
  return fail(ErrorCode::failed,
              fmt::format("the link {} has no token of the user {}", link.name, user_label),
              fmt::format("applink login {} --user {}", link.name, user_label));
}

}  // namespace applink::cli
