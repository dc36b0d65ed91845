// The proxy of a link, as libcurl takes it.
#pragma once

#include <string_view>

#include "applink/base/result.h"

namespace applink::jira {

/// SCHEME://[USER[:PASSWORD]@]HOST[:PORT] with a scheme of libcurl's, or empty. No message repeats
/// any of it, since it may hold a password.
Result<void> check_proxy(std::string_view proxy);

}  // namespace applink::jira
