// Numbers as HTTP writes them: digits, and no sign.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "applink/base/number.h"

namespace applink::http {

inline std::optional<std::int64_t> natural_number(std::string_view digits) {
  const auto value = number_in<std::int64_t>(digits);
  return value && *value >= 0 ? value : std::nullopt;
}

}  // namespace applink::http
