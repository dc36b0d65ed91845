// Which kinds of blob are secret.
#include "crypto/key_blob.h"

namespace applink::crypto {

bool is_private(BlobKind kind) {
  switch (kind) {
    case BlobKind::pkcs1_private_key:
    case BlobKind::pkcs8_private_key:
    case BlobKind::pkcs8_encrypted_private_key:
    case BlobKind::traditionally_encrypted:
    case BlobKind::openssh_private_key:
    case BlobKind::ec_private_key:
    case BlobKind::dsa_private_key:
    case BlobKind::pkcs12:
      return true;
    default:
      return false;
  }
}

}  // namespace applink::crypto
