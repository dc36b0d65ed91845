// The address of a page, and the base URL in it.
#pragma once

#include <string>
#include <string_view>

#include "applink/http/url.h"

namespace applink::jira {

std::string_view without_trailing_slashes(std::string_view text);

/// The path up to the first segment that no context path has; all of it where there is none.
std::string_view context_path_in(const http::Url& url);

/// What stands before the path in a URL.
std::string_view origin_of(const http::Url& url);

/// What was probably meant by a URL without "://": this machine speaks plain http.
std::string with_scheme(std::string_view typed);

}  // namespace applink::jira
