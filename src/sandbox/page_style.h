// How the pages look, and the policy that lets nothing else into them.
#pragma once

#include <string>
#include <string_view>

namespace applink::sandbox {

/// The one style sheet, written into every page.
std::string_view page_style();

/// Content-Security-Policy: this style sheet by its hash, forms, and nothing else; frames as Jira
/// has it.
std::string page_security_policy();

}  // namespace applink::sandbox
