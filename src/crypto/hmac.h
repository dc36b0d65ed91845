// HMAC (RFC 2104) over the hash functions of digest.h.
#pragma once

#include <string>
#include <string_view>

#include "applink/crypto/digest.h"

namespace applink::crypto {

/// The raw bytes of the code; `key` may be empty and of any length.
std::string hmac(Digest kind, std::string_view key, std::string_view bytes);

}  // namespace applink::crypto
