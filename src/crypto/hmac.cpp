// HMAC by OpenSSL.
#include "crypto/hmac.h"

#include "crypto/openssl.h"

namespace applink::crypto {

std::string hmac(Digest kind, std::string_view key, std::string_view bytes) {
  // To OpenSSL a null key is none at all, an empty one is a key.
  const void* const key_bytes = key.empty() ? "" : key.data();
  std::string code(EVP_MAX_MD_SIZE, '\0');
  std::size_t size = 0;
  if (::EVP_Q_mac(nullptr, "HMAC", nullptr, openssl_name(kind), nullptr, key_bytes, key.size(),
                  as_bytes(bytes), bytes.size(), as_bytes(code), code.size(), &size) == nullptr) {
    library_failure("compute an HMAC");
  }
  code.resize(size);
  return code;
}

}  // namespace applink::crypto
