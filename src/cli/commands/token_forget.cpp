// applink token forget LINK
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/jira/endpoints.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/link_choice.h"
#include "cli/token_choice.h"

namespace applink::cli {
namespace {

struct Input {
  std::optional<std::string> link;
  std::string user_label{store::default_user_label};
  bool yes = false;
};

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(const auto link, chosen_link(context, input.link));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto token, token_of(*vault, link, input.user_label));
  const std::string user = terminal_safe(token.user_name);
  if (!input.yes) {
    TRY(context.terminal().confirm(
        fmt::format("Forget the token of {} for the link {}?", user, link.name), "--yes"));
  }
  TRY(vault->remove_token(link.name, token.user_label));
  context.console().narrate(fmt::format("forgot the token of {} for the link {}", user, link.name));
  context.console().narrate(fmt::format("the server still takes it until {} revokes it at {}", user,
                                        jira::tokens_page(link)));
  return {};
}

}  // namespace

Action token_forget(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.optional("LINK", input->link, "the link (the default one)");
  arguments.option("-u,--user", "LABEL", input->user_label, "whose token, as login --user said");
  arguments.flag("-y,--yes", input->yes, "do not ask");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli
