// applink link set NAME
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/link_flags.h"

namespace applink::cli {
namespace {

struct Input {
  std::string name;
  LinkFlags flags;
};

bool serves_other_tokens(const jira::ApplicationLink& before, const jira::ApplicationLink& after) {
  return before.base_url != after.base_url || before.consumer_key != after.consumer_key;
}

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto before, vault->link(input.name));
  TRY_ASSIGN(const auto after, input.flags.applied_to(before));
  if (before == after && !input.flags.make_default) {
    return fail(ErrorCode::usage, fmt::format("the link {} is like that already", before.name),
                fmt::format("how it is: applink link show {}", before.name));
  }
  TRY(before == after ? vault->set_default_link(after.name)
                      : vault->replace_link(before, after, input.flags.default_or_not()));
  context.console().narrate(fmt::format("changed the link {}", after.name));
  if (serves_other_tokens(before, after)) {
    context.console().narrate(fmt::format(
        "tokens belong to a URL and a consumer key: applink login {} makes a new one", after.name));
  }
  return {};
}

}  // namespace

Action link_set(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("NAME", input->name, "the link");
  input->flags.declare(arguments);
  arguments.flag("--forbid-http", input->flags.forbid_http, "the opposite of --allow-http");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli
