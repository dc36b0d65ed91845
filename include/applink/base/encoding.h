// Bytes as text: base64 (RFC 4648 section 4) and hexadecimal.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"

namespace applink {

/// With padding, on one line.
std::string base64_encode(std::string_view bytes);
/// Strict: no white space, padding where it belongs, unused bits zero.
Result<std::string> base64_decode(std::string_view text);

/// Lower case, two digits a byte.
std::string hex_encode(std::string_view bytes);
/// Either case, an even number of digits.
Result<std::string> hex_decode(std::string_view text);

}  // namespace applink
