// What stands in front of the product: a proxy, and the connector that takes the request from it.
#pragma once

#include <optional>
#include <string_view>

#include "applink/http/message.h"
#include "sandbox/mishaps.h"

namespace applink::sandbox {

/// Where the proxy does not get through to the product.
std::optional<http::Response> answer_of_proxy(const Struck& struck);

/// The request as it reaches the product. `context_path` is what clients know it under.
http::Request passed_on(const http::Request& request, const Struck& struck,
                        std::string_view context_path);

}  // namespace applink::sandbox
