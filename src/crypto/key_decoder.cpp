// Typed OSSL_DECODERs.
#include "crypto/key_decoder.h"

#include "crypto/key_recognition.h"
#include "crypto/rsa_check.h"

namespace applink::crypto {
namespace {

OwnedPkey decode(const char* structure, int selection, std::string_view der) {
  EVP_PKEY* key = nullptr;
  const OwnedDecoder decoder(
      ::OSSL_DECODER_CTX_new_for_pkey(&key, "DER", structure, "RSA", selection, nullptr, nullptr));
  if (!decoder) library_failure("provide a decoder for RSA keys");
  const unsigned char* at = as_bytes(der);
  std::size_t left = der.size();
  const bool decoded = ::OSSL_DECODER_from_data(decoder.get(), &at, &left) == 1;
  OwnedPkey owned(key);
  if (decoded && left == 0) return owned;
  drained_errors();
  return nullptr;
}

int algorithm_of(const X509_PUBKEY* key) {
  ASN1_OBJECT* algorithm = nullptr;
  ::X509_PUBKEY_get0_param(&algorithm, nullptr, nullptr, nullptr, key);
  return ::OBJ_obj2nid(algorithm);
}

}  // namespace

OwnedPkey decode_rsa_private_key(std::string_view der) {
  return decode("type-specific", EVP_PKEY_KEYPAIR, der);
}

OwnedPkey decode_rsa_public_key(std::string_view der) {
  return decode("type-specific", EVP_PKEY_PUBLIC_KEY, der);
}

Result<OwnedPkey> decode_spki(std::string_view der) {
  const unsigned char* at = as_bytes(der);
  const OwnedSpki parsed(::d2i_X509_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  if (!parsed) {
    drained_errors();
    return fail(ErrorCode::failed, "the public key is damaged, or something else than a public key",
                "copy the file again, whole, from its first to its last byte");
  }
  const int algorithm = algorithm_of(parsed.get());
  if (algorithm != NID_rsaEncryption) return tl::unexpected(other_algorithm(algorithm));
  OwnedPkey key = decode("SubjectPublicKeyInfo", EVP_PKEY_PUBLIC_KEY, der);
  if (!key) {
    return fail(ErrorCode::failed, "the RSA public key is damaged",
                "copy the file again, whole, from its first to its last byte");
  }
  TRY(check_size(key.get()));
  TRY(check_public_numbers(key.get()));
  return key;
}

std::string spki_der(const X509_PUBKEY* key) {
  unsigned char* bytes = nullptr;
  const int size = ::i2d_X509_PUBKEY(key, &bytes);
  if (size < 0) library_failure("encode a public key");
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  ::OPENSSL_free(bytes);
  return der;
}

}  // namespace applink::crypto
