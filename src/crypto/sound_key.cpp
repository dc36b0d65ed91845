// Decoding of unencrypted keys, and the checks that every key passes.
#include "crypto/sound_key.h"

#include "applink/crypto/key_reading.h"
#include "crypto/der.h"
#include "crypto/key_decoder.h"
#include "crypto/key_handle.h"
#include "crypto/key_recognition.h"
#include "crypto/rsa_check.h"

namespace applink::crypto {
namespace {

tl::unexpected<Error> damaged(std::string_view what) {
  return fail(ErrorCode::failed, "the RSA " + std::string(what) + " is damaged",
              "copy the file again, whole, from its first to its last byte");
}

}  // namespace

Result<RsaPrivateKey> sound_private_key(OwnedPkey key) {
  if (!key) return damaged("private key");
  TRY(check_size(key.get()));
  TRY(check_private_numbers(key.get()));
  return make_private_key(std::move(key));
}

Result<RsaPublicKey> sound_public_key(OwnedPkey key) {
  if (!key) return damaged("public key");
  TRY(check_size(key.get()));
  TRY(check_public_numbers(key.get()));
  return make_public_key(std::move(key));
}

Result<RsaPrivateKey> key_from_pkcs1(std::string_view der) {
  const BlobKind kind = kind_of_der(der);
  if (kind != BlobKind::pkcs1_private_key) return tl::unexpected(not_a_private_key(kind));
  return sound_private_key(decode_rsa_private_key(der));
}

// A PKCS#8 structure is an algorithm and, for RSA, the PKCS#1 structure of the key.
Result<RsaPrivateKey> key_from_pkcs8(const PKCS8_PRIV_KEY_INFO& info) {
  const ASN1_OBJECT* algorithm = nullptr;
  const unsigned char* key = nullptr;
  int size = 0;
  if (::PKCS8_pkey_get0(&algorithm, &key, &size, nullptr, &info) != 1) {
    drained_errors();
    return tl::unexpected(not_a_private_key(BlobKind::unknown));
  }
  const int nid = ::OBJ_obj2nid(algorithm);
  if (nid != NID_rsaEncryption) return tl::unexpected(other_algorithm(nid));
  return key_from_pkcs1({reinterpret_cast<const char*>(key), static_cast<std::size_t>(size)});
}

Result<RsaPrivateKey> key_from_pkcs8(std::string_view der) {
  const BlobKind kind = kind_of_der(der);
  if (kind != BlobKind::pkcs8_private_key) return tl::unexpected(not_a_private_key(kind));
  const unsigned char* at = as_bytes(der);
  const OwnedPkcs8 info(::d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size())));
  if (info) return key_from_pkcs8(*info);
  drained_errors();
  return tl::unexpected(not_a_private_key(BlobKind::unknown));
}

Result<RsaPublicKey> key_from_pkcs1_public(std::string_view der) {
  return sound_public_key(decode_rsa_public_key(der));
}

Result<RsaPrivateKey> private_key_from_pkcs8_der(const Secret& der) {
  return key_from_pkcs8(der.reveal());
}

}  // namespace applink::crypto
