// applink link list
#include "cli/commands/all.h"
#include "cli/link_description.h"
#include "cli/listing.h"

namespace applink::cli {
namespace {

Result<Listing> list(Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto links, vault->links());
  TRY_ASSIGN(const auto default_link, vault->default_link());
  Listing listing{"links",
                  "no link yet: applink link add NAME --url URL --consumer-key KEY --key NAME",
                  {"NAME", "URL", "PRODUCT", "CONSUMER KEY", "KEY", ""},
                  {}};
  for (const auto& link : links) {
    listing.lines.push_back(
        {json_of(link, default_link),
         {link.name, link.base_url, std::string(jira::to_string(link.product)), link.consumer_key,
          jira::signs_with_key(link) ? link.key_name : "consumer secret",
          link.name == default_link ? "default" : ""}});
  }
  return listing;
}

}  // namespace

Action link_list(Arguments& arguments) {
  return listing_of(arguments, list);
}

}  // namespace applink::cli
