// The hash functions of the signature methods.
#pragma once

#include <string>
#include <string_view>

namespace applink::crypto {

enum class Digest { sha1, sha256, sha512 };

/// The raw bytes of the hash, not hexadecimal.
std::string digest(Digest kind, std::string_view bytes);

}  // namespace applink::crypto
