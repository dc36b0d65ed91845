// applink token forget LINK
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/jira/endpoints.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/confirmation.h"
#include "cli/context.h"
#include "cli/link_choice.h"
#include "cli/token_choice.h"

namespace applink::cli {
namespace {

struct Input {
  std::optional<std::string> link;
  std::string user_label{store::default_user_label};
  Confirmation confirmation;
};

/// What there is of one user of a link.
struct Held {
  std::optional<store::Token> token;
  std::optional<store::PendingLogin> login;
};

Result<Held> held_of(const store::Vault& vault, const jira::ApplicationLink& link,
                     const std::string& user_label) {
  Held held;
  TRY_ASSIGN(held.login, vault.find_pending_login(link, user_label));
  if (held.login) {
    TRY_ASSIGN(held.token, vault.find_token(link, user_label));
  } else {
    TRY_ASSIGN(held.token, token_of(vault, link, user_label));
  }
  return held;
}

std::string described(const Held& held) {
  if (!held.token) return "the login that is not complete";
  const std::string& owner = held.token->user_name;
  return fmt::format("the token{}{}{}", owner.empty() ? "" : " of ", terminal_safe(owner),
                     held.login ? " and the login that is not complete" : "");
}

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(const auto link, chosen_link(context, input.link));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto held, held_of(*vault, link, input.user_label));
  const std::string what = fmt::format("{} for the link {}", described(held), link.name);
  TRY(input.confirmation.ask(context.terminal(), fmt::format("Forget {}?", what)));
  TRY(vault->remove_token(link.name, input.user_label));
  context.console().narrate("forgot " + what);
  if (!held.token && !held.login->unproven) return {};
  context.console().narrate(fmt::format(
      "the server still takes the token until {} revokes it at {}",
      held.token && !held.token->user_name.empty() ? terminal_safe(held.token->user_name)
                                                   : "whoever allowed it",
      jira::tokens_page(link)));
  return {};
}

}  // namespace

Action token_forget(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.optional("LINK", input->link, "the link (the default one)");
  arguments.option("-u,--user", "LABEL", input->user_label, "whose token, as login --user said");
  input->confirmation.declare(arguments);
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli
