// applink link remove NAME
#include <memory>
#include <string>

#include <fmt/format.h>

#include "applink/jira/endpoints.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/confirmation.h"
#include "cli/context.h"

namespace applink::cli {
namespace {

struct Input {
  std::string name;
  Confirmation confirmation;
};

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto link, vault->link(input.name));
  TRY(input.confirmation.ask(
      context.terminal(),
      fmt::format("Remove the link {} to {}, with its tokens?", link.name, link.base_url)));
  TRY(vault->remove_link(link.name));
  context.console().narrate(fmt::format("removed the link {} and its tokens", link.name));
  context.console().narrate(
      fmt::format("whoever allowed one revokes it at {}", jira::tokens_page(link)));
  return {};
}

}  // namespace

Action link_remove(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("NAME", input->name, "the link");
  input->confirmation.declare(arguments);
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli
