// The sentences of a bundle, whatever it is written in.
#pragma once

#include <string>
#include <string_view>

#include "applink/jira/admin_screens.h"
#include "applink/onboarding/bundle.h"

namespace applink::onboarding {

/// "An application link in Jira for hub".
std::string title_of(const Bundle& bundle);

/// Who asks for what, and that none of it is secret.
std::string purpose_of(const Bundle& bundle);

/// Why the fingerprint is to be compared, and with what.
std::string why_to_compare(const Bundle& bundle);

/// In groups of four, as people read it out.
std::string spoken(std::string_view fingerprint);

std::string what_comes_then(const Bundle& bundle);

}  // namespace applink::onboarding
