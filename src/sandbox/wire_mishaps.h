// What befalls an answer between the product and the client: bytes that are late, lost or wrong.
#pragma once

#include <optional>
#include <string_view>

#include "http/raw_answer.h"
#include "sandbox/mishaps.h"

namespace applink::sandbox {

/// Where the client is sent elsewhere: before anybody looks at the request.
std::optional<http::Response> redirect_of(const http::Request& request, const Struck& struck);

/// The answer as it goes on the wire. Of several mishaps there the first in the table happens.
http::Answer on_the_wire(http::Response response, const Struck& struck, std::string_view method);

/// Whether `text` is a value of the mishap of that name.
bool is_trickle(std::string_view text);
bool is_repeated_header(std::string_view text);
bool is_redirection(std::string_view text);

}  // namespace applink::sandbox
