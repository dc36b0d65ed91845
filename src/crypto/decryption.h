// What encrypted key files have in common: a passphrase that may be wrong, and work that may be
// too much.
#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>

#include "applink/base/result.h"
#include "applink/crypto/key_reading.h"
#include "crypto/old_ciphers.h"
#include "crypto/openssl.h"

namespace applink::crypto {

/// The passphrase, or ErrorCode::locked where nobody can be asked.
Result<Secret> asked(const AskPassphrase& ask);

tl::unexpected<Error> wrong_passphrase();

/// Why OpenSSL did not decrypt.
enum class Undecrypted { wrong_passphrase, unknown_cipher, too_costly };
/// By the error queue, which is empty then.
Undecrypted why_undecrypted();
tl::unexpected<Error> decryption_failure(Undecrypted why);

/// What `decrypt` makes in the usual context (null) or, where that does not know the cipher, in one
/// that has old ciphers too.
template <class Decrypt>
Result<std::invoke_result_t<Decrypt, OSSL_LIB_CTX*>> decrypted(const Decrypt& decrypt) {
  if (auto done = decrypt(nullptr)) return done;
  const Undecrypted why = why_undecrypted();
  if (why != Undecrypted::unknown_cipher) return decryption_failure(why);
  const OldCiphers old;
  if (old.context() == nullptr) return decryption_failure(why);
  if (auto done = decrypt(old.context())) return done;
  return decryption_failure(why_undecrypted());
}

/// How much work one file may ask for: as long as a person waits, ten million rounds of a hash. A
/// file names its rounds itself, and may have any number of encrypted parts.
class Work {
 public:
  /// Refused where it is more than what is left.
  Result<void> take_on(const X509_ALGOR* algorithm);
  Result<void> take_on(const ASN1_INTEGER* rounds);

 private:
  Result<void> take_on_derivation(const X509_ALGOR* derivation);
  Result<void> take_on(std::int64_t rounds);

  std::int64_t left_ = 10'000'000;
};

/// A passphrase as OpenSSL takes it: PKCS#12 tells none from an empty one.
struct GivenPassphrase {
  const char* text = nullptr;
  int size = 0;
};
inline GivenPassphrase given(std::string_view passphrase) {
  return {passphrase.empty() ? "" : passphrase.data(), static_cast<int>(passphrase.size())};
}

/// EncryptedPrivateKeyInfo (RFC 5958 section 3).
Result<OwnedPkcs8> decrypted_pkcs8(const X509_SIG& sealed, GivenPassphrase passphrase, Work& work);

}  // namespace applink::crypto
