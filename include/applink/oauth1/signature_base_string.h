// What is signed: RFC 5849 section 3.4.1.1.
#pragma once

#include <string>
#include <string_view>

#include "applink/http/url.h"
#include "applink/oauth1/parameters.h"

namespace applink::oauth1 {

/// `parameters` are those of request_parameters(). The result names the token: it belongs into no
/// log, only where a user asked for it.
std::string signature_base_string(std::string_view method, const http::Url& url,
                                  const Parameters& parameters);

}  // namespace applink::oauth1
