// Transport over libcurl: TLS always verified, nothing altered, followed or remembered.
#pragma once

#include <memory>

#include "applink/http/transport.h"

namespace applink::http {

std::unique_ptr<Transport> make_curl_transport(TransportOptions options);

}  // namespace applink::http
