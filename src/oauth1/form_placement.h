// Whether protocol parameters may go into the body of a request: RFC 5849 section 3.5.2.
#pragma once

#include "applink/base/result.h"
#include "applink/http/message.h"

namespace applink::oauth1 {

/// Its body is a form, or nothing yet, and its method is one that brings a body.
Result<void> check_form_placement(const http::Request& request);

}  // namespace applink::oauth1
