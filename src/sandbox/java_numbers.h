// Numbers as Java parses them; none where it throws a NumberFormatException.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace applink::sandbox {

/// Double.parseDouble, without NaN, Infinity and its hexadecimal form: "1", " 1.00 ", "1e0", "1f".
std::optional<double> java_double(std::string_view text);
/// Long.parseLong: digits after at most one sign.
std::optional<std::int64_t> java_long(std::string_view text);

}  // namespace applink::sandbox
