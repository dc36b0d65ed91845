// applink link set NAME
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "applink/jira/endpoints.h"
#include "applink/jira/login_command.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/confirmation.h"
#include "cli/consumer_secret.h"
#include "cli/context.h"
#include "cli/link_flags.h"

namespace applink::cli {
namespace {

struct Input {
  std::string name;
  LinkFlags flags;
  Confirmation confirmation;
};

/// A secret serves the client that it was given to, as long as that signs with one.
KeptSecret kept_secret(const jira::ApplicationLink& before, const jira::ApplicationLink& after) {
  const bool serves = !jira::signs_with_key(before) && jira::same_client(before, after);
  return serves ? KeptSecret::there : KeptSecret::none;
}

/// A link to another server, or of another consumer, loses its tokens and the logins that are under
/// way: that is for the user to say.
Result<bool> loses_logins(const store::Vault& vault, const jira::ApplicationLink& before,
                          const jira::ApplicationLink& after, const Input& input,
                          const Terminal& terminal) {
  if (jira::same_client(before, after)) return false;
  TRY_ASSIGN(const bool has_logins, vault.has_logins(before.name));
  if (!has_logins) return false;
  TRY(input.confirmation.ask(
      terminal,
      fmt::format("Change the link {}, and forget its tokens and logins, which are of the consumer "
                  "{} at {}?",
                  before.name, before.consumer_key, before.base_url)));
  return true;
}

/// All that is left to do to a link that is as was said.
Result<void> make_default(store::Vault& vault, const jira::ApplicationLink& link,
                          const Input& input) {
  if (input.flags.makes_default()) return vault.set_default_link(link.name);
  return fail(ErrorCode::usage, fmt::format("the link {} is like that already", link.name),
              fmt::format("how it is: applink link show {}", link.name));
}

enum class Attempt { done, again };

/// Another process may have changed the link since it was read. What was said is as good for the
/// link as it is now: again, unless a secret was read that cannot be read twice.
Result<Attempt> change(const jira::ApplicationLink& before, const jira::ApplicationLink& after,
                       const Input& input, Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const bool forgets, loses_logins(*vault, before, after, input, context.terminal()));
  TRY_ASSIGN(auto secret, consumer_secret(input.flags, after, kept_secret(before, after), context));
  if (before == after && !secret) {
    TRY(make_default(*vault, before, input));
    return Attempt::done;
  }
  const bool read_secret = secret.has_value();
  const auto replaced = vault->replace_link(
      before, after,
      {.make_default = input.flags.default_or_not(), .consumer_secret = std::move(secret)});
  if (!replaced && replaced.error().code == ErrorCode::conflict && !read_secret) {
    return Attempt::again;
  }
  TRY(replaced);
  if (!forgets) return Attempt::done;
  context.console().warn(fmt::format(
      "the tokens and logins of the link {} are forgotten: whoever allowed one revokes it at {}",
      before.name, jira::tokens_page(before)));
  return Attempt::done;
}

void tell(const jira::ApplicationLink& before, const jira::ApplicationLink& after,
          Console& console) {
  if (after.base_url != before.base_url) warn_of_cloud(after, console);
  console.narrate(fmt::format("changed the link {}", after.name));
  if (jira::same_client(before, after)) return;
  console.narrate("next: " + jira::login_command(after.name));
}

Result<void> run(const Input& input, Context& context) {
  if (!input.flags.said()) {
    return fail(ErrorCode::usage, "nothing to change was said",
                "what can be changed: applink link set --help");
  }
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  while (true) {  // each time round, another process has got further
    TRY_ASSIGN(const auto before, vault->link(input.name));
    TRY_ASSIGN(const auto after, input.flags.applied_to(before));
    TRY_ASSIGN(const Attempt attempt, change(before, after, input, context));
    if (attempt == Attempt::again) continue;
    tell(before, after, context.console());
    return {};
  }
}

}  // namespace

Action link_set(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("NAME", input->name, "the link");
  input->flags.declare(arguments);
  input->flags.declare_opposites(arguments);
  input->confirmation.declare(arguments, "do not ask before tokens and logins are forgotten");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli
