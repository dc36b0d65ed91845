// The proxy of a link, as libcurl takes it.
#pragma once

#include <string_view>

#include "applink/base/result.h"

namespace applink::jira {

/// SCHEME://HOST[:PORT] with a scheme of libcurl's, or empty. A login is refused: the URL of a
/// proxy stands in arguments and listings.
Result<void> check_proxy(std::string_view proxy);

}  // namespace applink::jira
