// applink key list
#include <fmt/core.h>

#include "cli/commands/all.h"
#include "cli/key_description.h"
#include "cli/listing.h"

namespace applink::cli {
namespace {

/// Enough to tell keys apart; `key show` has all of it.
constexpr std::size_t digits_of_fingerprint = 16;

std::string date_of(Timestamp time) {
  return to_rfc3339(time).substr(0, std::string_view("2031-11-23").size());
}

Result<Listing> list(Context& context) {
  TRY_ASSIGN(store::Vault* const vault, context.vault());
  TRY_ASSIGN(const auto keys, vault->keys());
  Listing listing{"keys",
                  "no key yet: applink key create NAME",
                  {"NAME", "BITS", "CREATED", "VALID UNTIL", "SHA-256"},
                  {}};
  for (const auto& key : keys) {
    listing.lines.push_back({json_of(key),
                             {key.name, fmt::format("{}", key.bits), date_of(key.created),
                              date_of(key.certificate_not_after),
                              key.fingerprint_hex.substr(0, digits_of_fingerprint) + "…"}});
  }
  return listing;
}

}  // namespace

Action key_list(Arguments& arguments) {
  return listing_of(arguments, list);
}

}  // namespace applink::cli
