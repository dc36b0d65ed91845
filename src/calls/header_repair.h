// An Authorization header that is not by the letter, read as its client meant it.
#pragma once

#include <optional>

#include "applink/http/message.h"

namespace applink::calls {

/// The request with the values in its headers of the scheme OAuth in quotes and percent-encoded,
/// where they are neither; absent where that changes nothing or nothing can be made of them.
std::optional<http::Request> with_repaired_header(const http::Request& request);

}  // namespace applink::calls
