// A response as the bytes that go to the client.
#pragma once

#include <string>
#include <string_view>

#include "applink/http/message.h"

namespace applink::http {

enum class Body {
  included,
  left_out,  ///< the answer to HEAD: the length is said, the body is not sent
};

/// The whole of an HTTP/1.1 response that ends its connection. Framing fields are the writer's own,
/// and the fields that make a page harmless are added where `response` has none of that name. A
/// response that cannot be written, such as one with a line break in a field, becomes a 500.
std::string response_bytes(const Response& response, Body body);

/// "404 Not Found: WHY" as plain text.
Response plain_response(int status, std::string_view why);

}  // namespace applink::http
