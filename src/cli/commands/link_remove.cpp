// applink link remove NAME
#include <memory>
#include <string>

#include <fmt/format.h>

#include "applink/jira/endpoints.h"
#include "cli/admin_flags.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/confirmation.h"
#include "cli/context.h"
#include "cli/remote_removal.h"

namespace applink::cli {
namespace {

struct Input {
  std::string name;
  Confirmation confirmation;
  bool remote = false;
  AdminFlags admin;
};

Result<void> check(const Input& input) {
  TRY(input.admin.check());
  if (input.remote == input.admin.are_given()) return {};
  return fail(ErrorCode::usage,
              input.remote ? "--remote without an administrator, who removes the entry there"
                           : "an administrator is named, and nothing is to be removed there",
              input.remote ? "say --admin-user NAME, or --admin-token-file FILE"
                           : "say --remote, or leave the administrator out");
}

Result<void> ask(const Input& input, const jira::ApplicationLink& link, Context& context) {
  return input.confirmation.ask(
      context.terminal(),
      fmt::format("Remove the link {} to {}, with its tokens?", link.name, link.base_url));
}

Result<void> run(const Input& input, Context& context) {
  TRY(check(input));
  if (input.remote) {
    TRY(remove_on_the_other_side(input.name, input.admin, input.confirmation, context));
  }
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto link, vault->link(input.name));
  if (!input.remote) TRY(ask(input, link, context));
  TRY(vault->remove_link(link.name));
  context.console().narrate(fmt::format("removed the link {} and its tokens", link.name));
  if (input.remote) return {};
  context.console().narrate(
      fmt::format("whoever allowed one revokes it at {}", jira::tokens_page(link)));
  return {};
}

}  // namespace

Action link_remove(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("NAME", input->name, "the link");
  input->confirmation.declare(arguments);
  arguments.flag("--remote", input->remote, "remove the entry on the other side first");
  input->admin.declare(arguments);
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli
