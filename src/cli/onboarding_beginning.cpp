// Asks the store first, then the address, and compares.
#include "cli/onboarding_beginning.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/url.h"
#include "applink/jira/deployment.h"
#include "cli/signing_parts.h"
#include "cli/store_location.h"

namespace applink::cli {
namespace {

/// Null where there is no store and none is to be made.
Result<store::Vault*> vault_for(const OnboardingWish& wish, Context& context) {
  TRY_ASSIGN(const auto location, store_location(context.environment()));
  if (wish.plan && !check_there_is_a_store(location)) return nullptr;
  return context.vault();
}

/// The link as it is kept, or as it would be: its address comes from what is found there.
Result<void> begin_link(Beginning& beginning, const OnboardingWish& wish,
                        const store::Vault* vault) {
  std::vector<jira::ApplicationLink> links;
  if (vault != nullptr) {
    TRY_ASSIGN(links, vault->links());
  }
  const auto kept = std::find_if(links.begin(), links.end(),
                                 [&](const auto& link) { return link.name == wish.name; });
  beginning.link_is_kept = kept != links.end();
  if (!beginning.link_is_kept) {
    jira::ApplicationLink link;
    link.name = link.consumer_key = link.key_name = wish.name;
    link.base_url = "https://not-known-yet.invalid";
    TRY_ASSIGN(beginning.link, wish.link.applied_to(std::move(link)));
    return {};
  }
  beginning.link = *kept;
  TRY_ASSIGN(const auto as_said, wish.link.applied_to(*kept));
  if (as_said == *kept) return {};
  return fail(ErrorCode::conflict,
              fmt::format("the link {} is kept with other values than these", wish.name),
              fmt::format("leave them out to go on with it (applink link show {0}), change it "
                          "(applink link set {0}), or choose another name",
                          wish.name));
}

Result<void> begin_key(Beginning& beginning, const store::Vault* vault) {
  if (vault == nullptr) return {};
  TRY_ASSIGN(const auto keys, vault->keys());
  beginning.key_is_kept = std::any_of(keys.begin(), keys.end(), [&](const auto& key) {
    return key.name == beginning.link.key_name;
  });
  return {};
}

Result<std::string> address(const OnboardingWish& wish, const Beginning& beginning) {
  if (wish.url) return *wish.url;
  if (beginning.link_is_kept) return beginning.link.base_url;
  return fail(ErrorCode::usage, fmt::format("there is no link {} yet, and no URL", wish.name),
              fmt::format("say where it leads to, for example: {} https://jira.example.com/jira",
                          fmt::format("applink onboard {}", wish.name)));
}

tl::unexpected<Error> is_of_the_cloud(std::string_view site) {
  return fail(ErrorCode::usage,
              fmt::format("{} is a site of the cloud, where OAuth 1.0a is deprecated and "
                          "application links are no way in",
                          terminal_safe(site)),
              "use an API token (e-mail address and token, as Basic authentication) or OAuth 2.0 "
              "(3LO)");
}

/// Known by its name, before anything is asked.
Result<void> check_no_cloud(const std::string& typed) {
  const auto url =
      http::Url::parse(typed.find("://") == std::string::npos ? "https://" + typed : typed);
  if (url && jira::is_cloud_host(url->host())) return is_of_the_cloud(url->host());
  return {};
}

Result<void> check_what_was_found(const Beginning& beginning, const OnboardingWish& wish) {
  const auto& found = beginning.found;
  if (found.deployment.hosting == jira::Hosting::cloud) return is_of_the_cloud(found.base_url);
  // Without a URL the link is meant, whatever else the product calls itself.
  if (!beginning.link_is_kept || !wish.url || found.base_url == beginning.link.base_url) return {};
  return fail(ErrorCode::conflict,
              fmt::format("the link {} leads to {}, and not to {}", wish.name,
                          beginning.link.base_url, found.base_url),
              fmt::format("go on with it (leave out the URL), or choose another name; applink link "
                          "set {} --url URL moves it",
                          wish.name));
}

}  // namespace

std::string description(const Beginning& beginning) {
  const auto& deployment = beginning.found.deployment;
  return fmt::format("{} {} at {}", jira::product_title(deployment.product),
                     terminal_safe(deployment.version), beginning.found.base_url);
}

Result<Beginning> begin_onboarding(const OnboardingWish& wish, Context& context) {
  TRY_ASSIGN(const store::Vault* const vault, vault_for(wish, context));
  Beginning beginning;
  TRY(begin_link(beginning, wish, vault));
  TRY(begin_key(beginning, vault));
  auto& link = beginning.link;
  if (!jira::signs_with_key(link)) {
    return fail(ErrorCode::usage,
                fmt::format("the link {} signs with a secret, which {} does not know", link.name,
                            jira::product_title(link.product)),
                fmt::format("applink login {} goes on with it", link.name));
  }
  TRY_ASSIGN(const auto typed, address(wish, beginning));
  TRY(check_no_cloud(typed));
  TRY_ASSIGN(const auto transport, transport_of(context, link, Answers::of_the_dance));
  TRY_ASSIGN(beginning.found,
             onboarding::discover(*transport, typed, link.allow_http, context.clock()));
  TRY(check_what_was_found(beginning, wish));
  if (!beginning.link_is_kept) {
    link.base_url = beginning.found.base_url;
    link.product = beginning.found.deployment.product;
    TRY(jira::check_link(link));
  }
  return beginning;
}

void tell_what_was_found(const Beginning& beginning, Console& console) {
  console.narrate("found " + description(beginning));
  for (const auto& correction : beginning.found.corrections) console.narrate("note: " + correction);
  for (const auto& warning : beginning.found.warnings) console.warn(warning);
}

}  // namespace applink::cli
