// Parameters appended to the query of a URL: RFC 5849 section 3.5.3.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/http/url.h"
#include "applink/oauth1/parameters.h"

namespace applink::oauth1 {

/// `before`, a query or a form, is followed by what this returns: "name=value&name=value", with '&'
/// in front where `before` holds parameters already.
std::string appended(std::string_view before, const Parameters& parameters);

/// Behind what the query holds already, and before a fragment.
Result<http::Url> with_query_parameters(const http::Url& url, const Parameters& parameters);

}  // namespace applink::oauth1
