// Hashes by OpenSSL.
#include "applink/crypto/digest.h"

#include "crypto/openssl.h"

namespace applink::crypto {

std::string digest(Digest kind, std::string_view bytes) {
  std::string hash(EVP_MAX_MD_SIZE, '\0');
  std::size_t size = 0;
  if (::EVP_Q_digest(nullptr, openssl_name(kind), nullptr, bytes.data(), bytes.size(),
                     as_bytes(hash), &size) != 1) {
    library_failure("hash");
  }
  hash.resize(size);
  return hash;
}

}  // namespace applink::crypto
