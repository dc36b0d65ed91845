// Which blobs are secret, and which are none of ours.
#include "crypto/key_blob.h"

#include "crypto/jwk_read.h"

namespace applink::crypto {

bool is_private(const Blob& blob) {
  switch (blob.kind) {
    case BlobKind::pkcs1_private_key:
    case BlobKind::pkcs8_private_key:
    case BlobKind::pkcs8_encrypted_private_key:
    case BlobKind::traditionally_encrypted:
    case BlobKind::openssh_private_key:
    case BlobKind::ec_private_key:
    case BlobKind::dsa_private_key:
    case BlobKind::pkcs12:
      return true;
    case BlobKind::jwk:
      return jwk_outline(blob.bytes.reveal()).kind == JwkKind::private_key;
    default:
      return false;
  }
}

bool is_pgp(std::string_view label) {
  return label.starts_with("PGP ");
}

}  // namespace applink::crypto
