// applink token list
#include "cli/commands/all.h"
#include "cli/listing.h"
#include "cli/token_description.h"
#include "cli/token_state.h"

namespace applink::cli {
namespace {

Result<Listing> list(Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto tokens, vault->tokens());
  const Timestamp now = context.clock().now();
  Listing listing{"tokens",
                  "no token yet: applink login LINK",
                  {"LINK", "LABEL", "USER", "STATE", "EXPIRES"},
                  {}};
  for (const auto& token : tokens) {
    if (const auto caution = word_of_caution(token, now)) context.console().warn(*caution);
    listing.lines.push_back({json_of(token, now),
                             {token.link, token.user_label, token.user_name,
                              std::string(to_string(state_of(token, now))),
                              token.expires ? to_rfc3339(*token.expires) : "unknown"}});
  }
  return listing;
}

}  // namespace

Action token_list(Arguments& arguments) {
  return listing_of(arguments, list);
}

}  // namespace applink::cli
