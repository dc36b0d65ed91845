// What is signed: RFC 5849 section 3.4.1.1.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/http/message.h"
#include "applink/http/url.h"
#include "applink/oauth1/parameters.h"
#include "applink/oauth1/request_parameters.h"

namespace applink::oauth1 {

/// `parameters` are those of request_parameters(). The result names the token: it belongs into no
/// log, only where a user asked for it.
std::string signature_base_string(std::string_view method, const http::Url& url,
                                  const Parameters& parameters);

/// Of a request as it was sent, signed, wherever its protocol parameters are.
Result<std::string> base_string_of(const http::Request& signed_request, FormBodyRule rule);

}  // namespace applink::oauth1
