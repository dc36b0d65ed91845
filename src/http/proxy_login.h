// Whether libcurl asks the proxy that it is told of.
#pragma once

#include "applink/base/result.h"
#include "applink/http/transport.h"
#include "applink/http/url.h"

namespace applink::http {

/// libcurl takes a proxy's URL whose login it cannot unescape, and then sends past the proxy
/// without a word. Refuses such a URL, the link's or the environment's, before anything is sent.
Result<void> check_proxy_login(const TransportOptions& options, const Url& url);

}  // namespace applink::http
