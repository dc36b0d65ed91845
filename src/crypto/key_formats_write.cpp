// Writing keys in their forms.
#include "applink/base/encoding.h"
#include "applink/crypto/key_formats.h"
#include "crypto/key_handle.h"

namespace applink::crypto {
namespace {

struct Form {
  const char* encoding;   ///< "PEM" or "DER"
  const char* structure;  ///< OpenSSL's name for what is encoded
  int selection;
};

// OpenSSL's buffer, wiped when freed.
class Encoded {
 public:
  Encoded(const EVP_PKEY* key, const Form& form) {
    const OwnedEncoder encoder(::OSSL_ENCODER_CTX_new_for_pkey(key, form.selection, form.encoding,
                                                               form.structure, nullptr));
    if (!encoder || ::OSSL_ENCODER_to_data(encoder.get(), &bytes_, &size_) != 1) {
      library_failure("encode an RSA key");
    }
  }
  Encoded(const Encoded&) = delete;
  Encoded& operator=(const Encoded&) = delete;
  ~Encoded() { ::OPENSSL_clear_free(bytes_, size_); }

  [[nodiscard]] std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes_), size_};
  }

 private:
  unsigned char* bytes_ = nullptr;
  std::size_t size_ = 0;
};

Secret private_form(const RsaPrivateKey& key, const char* encoding, const char* structure) {
  const Encoded encoded(key.handle().pkey.get(), {encoding, structure, EVP_PKEY_KEYPAIR});
  return Secret(encoded.view());
}

std::string public_form(const RsaPublicKey& key, const char* encoding) {
  const Form form{encoding, "SubjectPublicKeyInfo", EVP_PKEY_PUBLIC_KEY};
  return std::string(Encoded(key.handle().pkey.get(), form).view());
}

}  // namespace

Secret to_pkcs1_pem(const RsaPrivateKey& key) {
  return private_form(key, "PEM", "type-specific");
}

Secret to_pkcs1_der(const RsaPrivateKey& key) {
  return private_form(key, "DER", "type-specific");
}

Secret to_pkcs8_pem(const RsaPrivateKey& key) {
  return private_form(key, "PEM", "PrivateKeyInfo");
}

Secret to_pkcs8_der(const RsaPrivateKey& key) {
  return private_form(key, "DER", "PrivateKeyInfo");
}

Secret to_pkcs8_base64(const RsaPrivateKey& key) {
  return Secret::take(base64_encode(to_pkcs8_der(key).reveal()));
}

std::string to_spki_pem(const RsaPublicKey& key) {
  return public_form(key, "PEM");
}

std::string to_spki_der(const RsaPublicKey& key) {
  return public_form(key, "DER");
}

std::string to_spki_base64(const RsaPublicKey& key) {
  return base64_encode(to_spki_der(key));
}

}  // namespace applink::crypto
