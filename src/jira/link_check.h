// Checks that the parts of a link share.
#pragma once

#include <string_view>

#include "applink/base/result.h"
#include "applink/jira/application_link.h"

namespace applink::jira {

/// "." and "..", encoded ones and those with a path parameter too: what a server might follow.
bool has_dot_segments(std::string_view path);

/// https, plain http to this machine, or plain http that the link allows.
Result<void> check_scheme(const http::Url& url, AllowHttp allow_http);

}  // namespace applink::jira
