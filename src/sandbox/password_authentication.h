// Who is calling, by a header that says it: name and password, or a personal access token.
#pragma once

#include <optional>

#include "sandbox/incoming.h"
#include "sandbox/site.h"

namespace applink::sandbox {

enum class Presented {
  nothing,
  password,  ///< Authorization: Basic
  token,     ///< Authorization: Bearer
};

Presented presented(const http::Request& request);

/// Whom the header proves to be calling; null where it proves nothing.
const User* user_by_header(const Site& site, const http::Request& request);

/// As Jira answers a header that proves nothing.
http::Response login_failed(const http::Request& request);

}  // namespace applink::sandbox
