// The value of -H, as curl takes it.
#pragma once

#include <string>
#include <vector>

#include "applink/base/result.h"
#include "applink/http/message.h"

namespace applink::cli {

/// "Name: value".
Result<http::Header> header_in(const std::string& text);

/// All of them, in their order.
Result<http::Headers> headers_in(const std::vector<std::string>& texts);

}  // namespace applink::cli
