// What the values of options mean: numbers, ports, lengths of time.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "applink/base/result.h"

namespace applink::cli {

/// "-5", "3072".
Result<int> parse_number(std::string_view text);

/// 0 is any port that is free.
Result<std::uint16_t> parse_port(std::string_view text);

/// "90", "90s", "5m", "1h", "2d".
Result<std::chrono::seconds> parse_duration(std::string_view text);

}  // namespace applink::cli
