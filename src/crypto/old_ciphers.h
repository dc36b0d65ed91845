// Ciphers that OpenSSL has given up, for files that were made when it had not: RC2 and the like in
// PKCS#12 from Windows and from Java before 8u301.
#pragma once

#include <openssl/provider.h>

#include "crypto/openssl.h"

namespace applink::crypto {

/// OpenSSL's provider "legacy" beside the usual one, in a context of its own: nothing else in the
/// process gets its ciphers.
class OldCiphers {
 public:
  OldCiphers();

  /// Null where the provider is not installed.
  [[nodiscard]] OSSL_LIB_CTX* context() const;

 private:
  using OwnedContext = Owned<OSSL_LIB_CTX, ::OSSL_LIB_CTX_free>;
  using OwnedProvider = Owned<OSSL_PROVIDER, ::OSSL_PROVIDER_unload>;

  OwnedContext context_;
  OwnedProvider usual_;
  OwnedProvider old_;
};

}  // namespace applink::crypto
