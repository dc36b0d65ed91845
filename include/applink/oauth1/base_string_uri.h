// The URL as it enters the signature base string: RFC 5849 section 3.4.1.2.
#pragma once

#include <string>

#include "applink/http/url.h"

namespace applink::oauth1 {

/// Scheme, host, port where it is not the default one, and the path byte for byte.
std::string base_string_uri(const http::Url& url);

}  // namespace applink::oauth1
