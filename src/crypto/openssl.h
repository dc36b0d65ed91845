// OpenSSL's handles as owners, and its error queue as text.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/decoder.h>
#include <openssl/encoder.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "applink/crypto/digest.h"

namespace applink::crypto {

template <auto Free>
struct Freeing {
  template <class T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};
template <class T, auto Free>
using Owned = std::unique_ptr<T, Freeing<Free>>;

using OwnedAlgorithm = Owned<X509_ALGOR, ::X509_ALGOR_free>;
using OwnedBio = Owned<BIO, ::BIO_free_all>;
using OwnedBignum = Owned<BIGNUM, ::BN_clear_free>;
using OwnedBignumContext = Owned<BN_CTX, ::BN_CTX_free>;
using OwnedCertificate = Owned<X509, ::X509_free>;
using OwnedCipher = Owned<EVP_CIPHER, ::EVP_CIPHER_free>;
using OwnedCipherContext = Owned<EVP_CIPHER_CTX, ::EVP_CIPHER_CTX_free>;
using OwnedDecoder = Owned<OSSL_DECODER_CTX, ::OSSL_DECODER_CTX_free>;
using OwnedEncoder = Owned<OSSL_ENCODER_CTX, ::OSSL_ENCODER_CTX_free>;
using OwnedExtension = Owned<X509_EXTENSION, ::X509_EXTENSION_free>;
using OwnedHash = Owned<EVP_MD, ::EVP_MD_free>;
using OwnedHashContext = Owned<EVP_MD_CTX, ::EVP_MD_CTX_free>;
using OwnedInteger = Owned<ASN1_INTEGER, ::ASN1_INTEGER_free>;
using OwnedPkey = Owned<EVP_PKEY, ::EVP_PKEY_free>;
using OwnedPkeyContext = Owned<EVP_PKEY_CTX, ::EVP_PKEY_CTX_free>;
using OwnedPkcs12 = Owned<PKCS12, ::PKCS12_free>;
using OwnedPkcs8 = Owned<PKCS8_PRIV_KEY_INFO, ::PKCS8_PRIV_KEY_INFO_free>;
using OwnedSealedPkcs8 = Owned<X509_SIG, ::X509_SIG_free>;
using OwnedSpki = Owned<X509_PUBKEY, ::X509_PUBKEY_free>;

/// The reasons in this thread's error queue, oldest first, and the queue empty again. OpenSSL's
/// details are left out: they may quote the input.
std::string drained_errors();

/// For what cannot fail but where OpenSSL is broken or out of memory: throws, and `main` reports a
/// bug.
[[noreturn]] void library_failure(std::string_view what);

/// A number that is secret: OpenSSL wipes the copies that it makes of such numbers on the way into
/// a key, and of no others.
OwnedBignum secure_number();

/// The name by which OpenSSL fetches a hash.
const char* openssl_name(Digest kind);

inline const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* as_bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace applink::crypto
