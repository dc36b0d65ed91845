// applink link set NAME
#include <algorithm>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "applink/jira/endpoints.h"
#include "applink/jira/login_command.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/confirmation.h"
#include "cli/context.h"
#include "cli/link_flags.h"

namespace applink::cli {
namespace {

struct Input {
  std::string name;
  LinkFlags flags;
  Confirmation confirmation;
};

Result<bool> has_token(const store::Vault& vault, const jira::ApplicationLink& link) {
  TRY_ASSIGN(const auto tokens, vault.tokens());
  return std::any_of(tokens.begin(), tokens.end(),
                     [&](const store::Token& token) { return token.link == link.name; });
}

/// A link to another server, or of another consumer, loses its tokens: that is for the user to say.
Result<void> change(const jira::ApplicationLink& before, const jira::ApplicationLink& after,
                    const Input& input, Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const bool has_tokens, has_token(*vault, before));
  const bool loses_tokens = has_tokens && !jira::same_client(before, after);
  if (loses_tokens) {
    TRY(input.confirmation.ask(
        context.terminal(),
        fmt::format(
            "Change the link {}, and forget its tokens, which are of the consumer {} at {}?",
            before.name, before.consumer_key, before.base_url)));
  }
  TRY(vault->replace_link(before, after, input.flags.default_or_not()));
  if (!loses_tokens) return {};
  context.console().warn(
      fmt::format("the tokens of the link {} are forgotten: whoever allowed one revokes it at {}",
                  before.name, jira::tokens_page(before)));
  return {};
}

Result<void> check_something_said(const Input& input) {
  const LinkFlags& said = input.flags;
  const bool something = said.url || said.consumer_key || said.key || said.product ||
                         said.ca_file || said.proxy || said.realm || said.timeout ||
                         said.allow_http || said.forbid_http || said.make_default;
  if (something) return {};
  return fail(ErrorCode::usage, "nothing to change was said",
              "what can be changed: applink link set --help");
}

Result<void> run(const Input& input, Context& context) {
  TRY(check_something_said(input));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto before, vault->link(input.name));
  TRY_ASSIGN(const auto after, input.flags.applied_to(before));
  if (before == after && !input.flags.make_default) {
    return fail(ErrorCode::usage, fmt::format("the link {} is like that already", before.name),
                fmt::format("how it is: applink link show {}", before.name));
  }
  TRY(before == after ? vault->set_default_link(after.name)
                      : change(before, after, input, context));
  if (after.base_url != before.base_url) warn_of_cloud(after, context.console());
  context.console().narrate(fmt::format("changed the link {}", after.name));
  if (!jira::same_client(before, after)) {
    context.console().narrate("next: " + jira::login_command(after.name));
  }
  return {};
}

}  // namespace

Action link_set(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("NAME", input->name, "the link");
  input->flags.declare(arguments);
  arguments.flag("--forbid-http", input->flags.forbid_http, "the opposite of --allow-http");
  input->confirmation.declare(arguments, "do not ask before tokens are forgotten");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli
