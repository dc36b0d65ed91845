// A key out of a passphrase: scrypt (RFC 7914), which makes each guess cost time and memory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "crypto/sealing.h"

namespace applink::crypto {

/// What one guess costs: 128·N·r bytes, and time in proportion to N·r·p. The numbers that stand
/// here are what is used for a new passphrase: OWASP's password storage cheat sheet asks for no
/// less.
struct ScryptParameters {
  std::uint8_t log2_n = 17;  ///< N, the CPU and memory cost, is a power of two
  std::uint32_t r = 8;       ///< block size
  std::uint32_t p = 1;       ///< parallelization

  friend bool operator==(const ScryptParameters&, const ScryptParameters&) = default;
};

inline constexpr std::size_t salt_size = 16;
/// Another one for every passphrase.
std::string random_salt();

/// Refuses parameters that RFC 7914 excludes, and those that ask for more than 1 GiB or for more
/// than 16 times the work of today's: they may come from a file of somebody else's making.
Result<SealingKey> passphrase_key(const Secret& passphrase, std::string_view salt,
                                  const ScryptParameters& parameters);

}  // namespace applink::crypto
