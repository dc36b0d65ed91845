// A captured request in whichever form somebody pasted it.
#pragma once

#include <string_view>

#include "applink/base/result.h"
#include "applink/calls/captured_message.h"
#include "applink/calls/curl_arguments.h"

namespace applink::calls {

/// An HTTP message, the output of `curl -v`, or a curl command as a shell was given it, also with
/// the prompt before it. `files` are those that the command names; it makes one request.
Result<CapturedRequest> captured_request(std::string_view text, const CapturedOrigin& origin,
                                         CurlFiles& files);

}  // namespace applink::calls
