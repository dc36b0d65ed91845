// Typed OSSL_DECODERs.
#include "crypto/key_decoder.h"

#include "crypto/key_recognition.h"
#include "crypto/rsa_check.h"

namespace applink::crypto {
namespace {

struct Wanted {
  const char* structure;
  int selection;
};

Wanted wanted(KeyStructure structure) {
  switch (structure) {
    case KeyStructure::pkcs1_private:
      return {"type-specific", EVP_PKEY_KEYPAIR};
    case KeyStructure::pkcs8_private:
      return {"PrivateKeyInfo", EVP_PKEY_KEYPAIR};
    case KeyStructure::subject_public_key_info:
      break;
  }
  return {"SubjectPublicKeyInfo", EVP_PKEY_PUBLIC_KEY};
}

int algorithm_of(const X509_PUBKEY* key) {
  ASN1_OBJECT* algorithm = nullptr;
  ::X509_PUBKEY_get0_param(&algorithm, nullptr, nullptr, nullptr, key);
  return ::OBJ_obj2nid(algorithm);
}

}  // namespace

OwnedPkey decode_rsa_key(KeyStructure structure, std::string_view der) {
  const Wanted what = wanted(structure);
  EVP_PKEY* key = nullptr;
  const OwnedDecoder decoder(::OSSL_DECODER_CTX_new_for_pkey(&key, "DER", what.structure, "RSA",
                                                             what.selection, nullptr, nullptr));
  if (!decoder) library_failure("provide a decoder for RSA keys");
  const unsigned char* at = as_bytes(der);
  std::size_t left = der.size();
  const bool decoded = ::OSSL_DECODER_from_data(decoder.get(), &at, &left) == 1;
  OwnedPkey owned(key);
  if (decoded && left == 0) return owned;
  drained_errors();
  return nullptr;
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
  OwnedPkey key = decode_rsa_key(KeyStructure::subject_public_key_info, der);
  if (!key) {
    return fail(ErrorCode::failed, "the RSA public key is damaged",
                "copy the file again, whole, from its first to its last byte");
  }
  TRY(check_size(key.get()));
  return key;
}

}  // namespace applink::crypto
