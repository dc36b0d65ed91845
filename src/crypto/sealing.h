// Sealing: AES-256-GCM (NIST SP 800-38D) with associated data and a random nonce of 96 bits.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "applink/base/result.h"
#include "applink/base/secret.h"

namespace applink::crypto {

/// What sealing adds to the plaintext: the nonce in front, the tag behind.
inline constexpr std::size_t sealing_overhead = 12 + 16;

/// 256 bits. One key seals at most 2^32 times: with random nonces, more would risk a repeat.
class SealingKey {
 public:
  static constexpr std::size_t size = 32;

  static SealingKey random();
  /// Refuses any other length than `size`.
  static Result<SealingKey> from_bytes(Secret bytes);

  [[nodiscard]] SealingKey copy() const { return SealingKey(bytes_.copy()); }
  [[nodiscard]] const Secret& bytes() const { return bytes_; }

 private:
  explicit SealingKey(Secret bytes) : bytes_(std::move(bytes)) {}
  Secret bytes_;
};

/// nonce || ciphertext || tag. `associated_data` is not part of it, but must be the same again to
/// unseal.
std::string seal(const SealingKey& key, const Secret& plaintext, std::string_view associated_data);

/// Fails where a bit of `sealed` or `associated_data` changed, or the key is another.
Result<Secret> unseal(const SealingKey& key, std::string_view sealed,
                      std::string_view associated_data);

}  // namespace applink::crypto
