// The pages that the callback listener answers with.
#pragma once

#include <string_view>

#include "applink/http/message.h"

namespace applink::handshake {

/// A whole HTML page without script or anything from elsewhere, in light and dark. `title` and
/// `text` are ours: they are not escaped.
http::Response callback_page(int status, std::string_view title, std::string_view text);

}  // namespace applink::handshake
