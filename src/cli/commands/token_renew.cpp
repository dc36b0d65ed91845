// applink token renew LINK
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/handshake/renewal.h"
#include "cli/arguments.h"
#include "cli/commands/all.h"
#include "cli/context.h"
#include "cli/link_choice.h"
#include "cli/signing_parts.h"
#include "cli/token_choice.h"

namespace applink::cli {
namespace {

struct Input {
  std::optional<std::string> link;
  std::string user_label{store::default_user_label};
};

Result<void> run(const Input& input, Context& context) {
  TRY_ASSIGN(const auto link, chosen_link(context, input.link));
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto token, token_of(*vault, link, input.user_label));
  TRY_ASSIGN(const auto signer, signer_of(context, link));
  TRY_ASSIGN(const auto transport, transport_of(context, link, Answers::of_the_dance));
  TRY_ASSIGN(const auto renewed, handshake::renew({*vault, *transport, signer}, token));
  const std::string until =
      renewed.expires ? fmt::format(", good until {}", to_rfc3339(*renewed.expires)) : "";
  const std::string whose =
      renewed.user.name.empty() ? "" : fmt::format(" of {}", terminal_safe(renewed.user.name));
  context.console().narrate(
      fmt::format("{} has a new token{}{}; the one before it is dead", link.name, whose, until));
  return {};
}

}  // namespace

Action token_renew(Arguments& arguments) {
  const auto input = std::make_shared<Input>();
  arguments.optional("LINK", input->link, "the link (the default one)");
  arguments.option("-u,--user", "LABEL", input->user_label, "whose token, as login --user said");
  return [input](Context& context) { return run(*input, context); };
}

}  // namespace applink::cli
