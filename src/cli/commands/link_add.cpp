// applink link add NAME
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "applink/jira/login_command.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/consumer_secret.h"
#include "cli/context.h"
#include "cli/link_flags.h"

namespace applink::cli {
namespace {

struct Input {
  std::string name;
  LinkFlags flags;
};

Result<void> check_complete(const LinkFlags& flags) {
  for (const char* const flag : {"--url", "--consumer-key", "--key"}) {
    const bool may_do_without =
        flag == std::string_view("--key") && flags.said("--signature-method");
    if (flags.said(flag) || may_do_without) continue;
    return fail(ErrorCode::usage, fmt::format("{} is missing", flag),
                "for example: applink link add prod --url https://jira.example.com "
                "--consumer-key hub --key hubkey");
  }
  return {};
}

Result<void> run(const Input& input, Context& context) {
  TRY(check_complete(input.flags));
  TRY(jira::check_name("link", input.name));
  jira::ApplicationLink named;
  named.name = input.name;
  TRY_ASSIGN(const auto link, input.flags.applied_to(std::move(named)));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(auto secret, consumer_secret(input.flags, link, KeptSecret::none, context));
  TRY(vault->add_link(
      link, {.make_default = input.flags.default_or_not(), .consumer_secret = std::move(secret)}));
  warn_of_cloud(link, context.console());
  context.console().narrate(fmt::format("added the link {} to {}", link.name, link.base_url));
  context.console().narrate("next: " + jira::login_command(link.name));
  return {};
}

}  // namespace

Action link_add(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.required("NAME", input->name, "what the link will be called here");
  input->flags.declare(arguments);
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli
