// When a message was made: RFC 9110 section 5.6.7.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/base/clock.h"

namespace applink::http {

/// "Sun, 06 Nov 1994 08:49:37 GMT": the one form that RFC 9110 lets a server send.
std::optional<Timestamp> date_in(std::string_view text);
std::string date_of(Timestamp time);

}  // namespace applink::http
