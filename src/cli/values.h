// What the values of options mean: numbers, ports, lengths of time.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/oauth1/signature_method.h"

namespace applink::cli {

/// "-5", "3072".
Result<int> parse_number(std::string_view text);

/// 0 is any port that is free.
Result<std::uint16_t> parse_port(std::string_view text);

/// "90", "90s", "5m", "1h", "2d".
Result<std::chrono::seconds> parse_duration(std::string_view text);

/// Seconds since 1970, more than none.
Result<Timestamp> parse_timestamp(std::string_view text);

/// "RSA-SHA1", in any letter case.
Result<oauth1::SignatureMethod> parse_signature_method(std::string_view text);

/// From when on: a day of UTC ("2026-11-01"), RFC 3339 ("2026-11-01T12:00:00Z", with an offset
/// too), or how long before `now` ("7d", "24h", "90m").
Result<Timestamp> parse_since(std::string_view text, Timestamp now);

/// Seconds since 1970, or RFC 3339 in UTC, to the second: "2026-11-25T04:47:36Z".
Result<Timestamp> parse_moment(std::string_view text);

}  // namespace applink::cli
