// A key's prepared signing contexts, one for each thread that signs with it at the same time.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "crypto/openssl.h"

namespace applink::crypto {

/// Everything that a signature needs beside the message, fetched and initialised once. Serves one
/// thread at a time.
class SigningContext {
 public:
  explicit SigningContext(EVP_PKEY* key);

  Result<std::string> sign(Digest kind, std::string_view message);

 private:
  Result<void> prepare(Digest kind);

  std::size_t signature_size_;
  OwnedPkeyContext key_;
  OwnedHash hash_;
  OwnedHashContext hashing_;
  std::optional<Digest> prepared_;
};

/// The contexts of a key that no thread uses just now. They belong to the key and not to the
/// threads, so that nothing of a key outlives it; a slot changes hands by one atomic exchange, so
/// that no thread waits for another. Signers beyond the number of slots make a context of their
/// own.
class SigningContexts {
 public:
  explicit SigningContexts(EVP_PKEY* key) : key_(key) {}
  SigningContexts(const SigningContexts&) = delete;
  SigningContexts& operator=(const SigningContexts&) = delete;
  ~SigningContexts();

  /// One that is free, else a new one.
  std::unique_ptr<SigningContext> take();
  void give_back(std::unique_ptr<SigningContext> context);

 private:
  std::unique_ptr<SigningContext> take_free();

  EVP_PKEY* key_;  // outlives this
  std::atomic<bool> key_is_used_ = false;
  std::array<std::atomic<SigningContext*>, 32> slots_{};
};

}  // namespace applink::crypto
