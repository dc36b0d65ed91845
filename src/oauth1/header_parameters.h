// The protocol parameters in the Authorization headers of a request.
#pragma once

#include "applink/base/result.h"
#include "applink/http/message.h"
#include "applink/oauth1/parameters.h"

namespace applink::oauth1 {

/// Those of every header of the scheme OAuth, in their order; fails where one is malformed.
Result<Parameters> header_parameters(const http::Request& request);

}  // namespace applink::oauth1
