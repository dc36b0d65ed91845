// RSA keys: made, asked, signed with, verified with. Their files are in key_formats.h.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/crypto/digest.h"

namespace applink::crypto {

/// What applink makes, and what it loads: published test vectors and old installations use 1024.
inline constexpr int smallest_new_key = 2048;
inline constexpr int largest_new_key = 4096;
inline constexpr int new_key_step = 256;
inline constexpr int default_new_key = 2048;
inline constexpr int smallest_loaded_key = 1024;
inline constexpr int largest_loaded_key = 16384;

/// How far the search for the two primes of a new key is.
struct PrimeSearch {
  int candidates = 0;  ///< numbers that were looked at; how many there will be is luck
  int primes = 0;      ///< found so far
};
/// Called in the thread that asked for the key, at each step of the search.
using OnPrimeSearch = std::function<void(const PrimeSearch&)>;

/// Neither copies nor serves after it was moved from. Its methods may run in several threads.
class RsaPublicKey {
 public:
  struct Handle;  ///< OpenSSL's key; known to this module alone
  explicit RsaPublicKey(std::unique_ptr<const Handle> handle) noexcept;
  RsaPublicKey(RsaPublicKey&&) noexcept;
  RsaPublicKey& operator=(RsaPublicKey&&) noexcept;
  ~RsaPublicKey();

  [[nodiscard]] int bits() const;
  /// The public exponent in decimal: "65537".
  [[nodiscard]] std::string exponent() const;
  /// Whether `signature` is the raw RSASSA-PKCS1-v1_5 signature of `message` under this key.
  [[nodiscard]] bool verify(Digest kind, std::string_view message,
                            std::string_view signature) const;
  /// The raw SHA-256 of the DER of SubjectPublicKeyInfo: one name for a key pair in all its forms.
  [[nodiscard]] std::string spki_fingerprint() const;

  [[nodiscard]] const Handle& handle() const { return *handle_; }

 private:
  std::unique_ptr<const Handle> handle_;
};

/// Neither copies nor serves after it was moved from. Its methods may run in several threads; its
/// bytes are wiped when it goes.
class RsaPrivateKey {
 public:
  struct Handle;  ///< OpenSSL's key; known to this module alone
  explicit RsaPrivateKey(std::unique_ptr<const Handle> handle) noexcept;
  RsaPrivateKey(RsaPrivateKey&&) noexcept;
  RsaPrivateKey& operator=(RsaPrivateKey&&) noexcept;
  ~RsaPrivateKey();

  /// A new key with the public exponent 65537. `bits` is a multiple of 256 from 2048 to 4096;
  /// 4096 take seconds.
  static Result<RsaPrivateKey> generate(int bits, const OnPrimeSearch& on_search = {});

  [[nodiscard]] int bits() const;
  [[nodiscard]] RsaPublicKey public_key() const;
  /// The raw RSASSA-PKCS1-v1_5 signature (RFC 8017 section 8.2) of `message`. Fails where the
  /// machine's OpenSSL policy refuses the hash, and says so.
  [[nodiscard]] Result<std::string> sign(Digest kind, std::string_view message) const;

  /// Whether the key is sound down to its primes: tens of milliseconds, so for a key that comes
  /// from elsewhere for the first time. Loading has compared its numbers already.
  [[nodiscard]] Result<void> check() const;

  [[nodiscard]] const Handle& handle() const { return *handle_; }

 private:
  std::unique_ptr<const Handle> handle_;
};

/// Whether the two keys are a pair.
bool is_pair(const RsaPrivateKey& private_key, const RsaPublicKey& public_key);

}  // namespace applink::crypto
