// Where the browser goes after the decision.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/oauth1/parameters.h"
#include "sandbox/refusal.h"

namespace applink::sandbox {

/// An absolute URI of http or https, as java.net.URI parses one.
bool is_callback(std::string_view text);

/// The value of oauth_callback; none where it is "oob" or missing. Refuses with parameter_rejected
/// what is no callback.
Checked<std::optional<std::string>> requested_callback(const oauth1::Parameters& parameters);

/// The callback with `parameters` behind it, joined by '&' where it contains a '?' anywhere. Jira
/// does not look for a fragment, and neither does this.
std::string callback_with(std::string_view callback, const oauth1::Parameters& parameters);

}  // namespace applink::sandbox
