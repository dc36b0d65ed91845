// UTF-8 as RFC 3629 has it: no surrogates, nothing overlong.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace applink {

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t length = 0;  ///< in bytes; 0: they are not UTF-8
};

/// The one that `text` begins with, which is not empty.
CodePoint first_code_point(std::string_view text);

bool is_utf8(std::string_view text);

}  // namespace applink
