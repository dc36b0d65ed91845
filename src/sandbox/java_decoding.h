// Text as Java reads it: what the product's runtime does with escapes and with broken UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace applink::sandbox {

/// java.net.URLDecoder in UTF-8: '+' is a space. None where an escape is broken.
std::optional<std::string> url_decoded(std::string_view text);

/// Bytes that are no UTF-8 become U+FFFD, one for each longest prefix of a character.
std::string valid_utf8(std::string_view bytes);

/// Commons Codec's base64: characters of no meaning are skipped, the first '=' ends the text, and
/// bits that fill no byte are dropped.
std::string lenient_base64(std::string_view text);

}  // namespace applink::sandbox
