// How long a server asks to be left alone: RFC 9110 section 10.2.3.
#pragma once

#include <chrono>
#include <optional>

#include "applink/base/clock.h"
#include "applink/http/message.h"

namespace applink::http {

/// What Retry-After says, counted from `now`; never negative. Absent where the header is, or where
/// it is neither a number of seconds nor a date.
std::optional<std::chrono::seconds> retry_after(const Headers& headers, Timestamp now);

}  // namespace applink::http
