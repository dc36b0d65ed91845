// Request parameters as one string: RFC 5849 section 3.4.1.3.2.
#pragma once

#include <string>

#include "applink/oauth1/parameters.h"

namespace applink::oauth1 {

/// Encoded, sorted, joined.
std::string normalized_parameters(const Parameters& parameters);

}  // namespace applink::oauth1
