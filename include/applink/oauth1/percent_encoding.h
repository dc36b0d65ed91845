// Percent encoding as OAuth wants it: RFC 5849 section 3.6.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"

namespace applink::oauth1 {

/// Unreserved characters stay, every other byte becomes %XX in upper case.
std::string percent_encode(std::string_view bytes);

/// The strict inverse: refuses a bad escape, and a raw byte that should have been encoded (of a raw
/// "+" nobody can say whether a space was meant). Lower-case digits are taken.
Result<std::string> percent_decode(std::string_view text);

}  // namespace applink::oauth1
