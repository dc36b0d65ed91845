// The URL of a transfer as curl sends it, with what -G and --url-query add.
#pragma once

#include <string_view>

#include "applink/base/result.h"
#include "applink/http/url.h"

namespace applink::calls {

enum class DotSegments { kept, squashed };

/// Without its fragment, which is never sent. Refuses what curl would alter on the way, and what
/// http::Url refuses.
Result<http::Url> curl_url(std::string_view typed, std::string_view added_query, DotSegments dots);

}  // namespace applink::calls
