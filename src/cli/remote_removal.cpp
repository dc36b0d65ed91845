// Looks for the entry as onboarding made it, by consumer key or URL.
#include "cli/remote_removal.h"

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/jira/admin_screens.h"
#include "applink/onboarding/administration.h"
#include "cli/signing_parts.h"

namespace applink::cli {

Result<void> remove_on_the_other_side(const std::string& link_name, const AdminFlags& admin,
                                      const Confirmation& confirmation, Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto link, vault->link(link_name));
  TRY_ASSIGN(const auto transport, transport_of(context, link));
  TRY_ASSIGN(const auto credentials, admin.credentials(link, context.terminal()));
  const onboarding::Administration administration(*transport, credentials, link);
  TRY_ASSIGN(const auto entry, administration.find_entry(jira::incoming_consumer(link, {})));
  const auto product = jira::product_title(link.product);
  if (!entry) {
    context.console().narrate(
        fmt::format("{} has no application link of the consumer {}", product, link.consumer_key));
    return {};
  }
  context.console().narrate(fmt::format(
      "as {}, at {}: delete the application link \"{}\" ({}), with its consumer and "
      "all tokens, of other users too",
      admin.who(), link.base_url, terminal_safe(entry->name), terminal_safe(entry->rpc_url)));
  TRY(confirmation.ask(context.terminal(),
                       fmt::format("Do this, and remove the link {} here?", link.name)));
  TRY(administration.remove(*entry));
  context.console().narrate(fmt::format("deleted the application link in {}", product));
  return {};
}

}  // namespace applink::cli
