// curl's own list of options, in two: those that matter to a signature, and all others.
#pragma once

#include <span>

#include "calls/curl_options.h"

namespace applink::calls {

/// Where an option has no letter.
inline constexpr char none = '\0';

/// With what they do to a signature.
std::span<const CurlOption> curl_options_that_matter();
/// They pass as they are.
std::span<const CurlOption> curl_options_that_pass();

}  // namespace applink::calls
