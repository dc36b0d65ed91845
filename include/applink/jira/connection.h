// How the product of a link is reached: which versions of IP and of HTTP.
#pragma once

#include <string_view>

#include "applink/base/result.h"

namespace applink::jira {

enum class IpVersion { any, v4, v6 };

/// The word that flags, listings and stored records use: "any", "4", "6".
std::string_view to_string(IpVersion version);
Result<IpVersion> ip_version_named(std::string_view word);

/// `automatic`: what the two sides agree on.
enum class HttpVersion { automatic, http_1_1, http_2 };

/// "auto", "1.1", "2".
std::string_view to_string(HttpVersion version);
Result<HttpVersion> http_version_named(std::string_view word);

}  // namespace applink::jira
