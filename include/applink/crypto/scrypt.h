// What a guess at a passphrase costs.
#pragma once

#include <cstdint>

namespace applink::crypto {

/// The parameters of scrypt (RFC 7914): one guess takes 128·N·r bytes, and time in proportion to
/// N·r·p. The numbers that stand here are those for a new passphrase: OWASP's password storage
/// cheat sheet asks for no less.
struct ScryptParameters {
  std::uint8_t log2_n = 17;  ///< N, the CPU and memory cost, is a power of two
  std::uint32_t r = 8;       ///< block size
  std::uint32_t p = 1;       ///< parallelization

  friend bool operator==(const ScryptParameters&, const ScryptParameters&) = default;
};

}  // namespace applink::crypto
