// What stands at an address and in the store before a link is made.
#pragma once

#include <optional>
#include <string>

#include "applink/base/result.h"
#include "applink/jira/application_link.h"
#include "applink/onboarding/discovery.h"
#include "cli/console.h"
#include "cli/context.h"
#include "cli/link_flags.h"

namespace applink::cli {

/// What was asked for.
struct OnboardingWish {
  std::string name;
  std::optional<std::string> url;  ///< not needed for a link that is kept
  LinkFlags link;
  bool plan = false;  ///< nothing is to be done: no store is made either
};

/// Where things stand before anything is done.
struct Beginning {
  jira::ApplicationLink link;
  bool link_is_kept = false;
  bool key_is_kept = false;
  onboarding::Discovery found;
};

/// Finds the link that is kept, or makes the one that would be, and looks what answers at its
/// address. ErrorCode::usage for a site of the cloud and for a link that signs with a secret,
/// ErrorCode::conflict where the link of that name is another one.
Result<Beginning> begin_onboarding(const OnboardingWish& wish, Context& context);

/// "Jira 9.12.4 at https://jira.example.com/jira".
std::string description(const Beginning& beginning);

void tell_what_was_found(const Beginning& beginning, Console& console);

}  // namespace applink::cli
