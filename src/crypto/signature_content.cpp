// An RSA signature opened with the public key.
#include "applink/crypto/signature_content.h"

#include <array>

#include <openssl/rsa.h>

#include "crypto/key_handle.h"

namespace applink::crypto {
namespace {

/// Zeros in the middle are a part of it.
template <std::size_t Size>
constexpr std::string_view bytes(const char (&text)[Size]) {
  return {text, Size - 1};
}

/// The DER of a DigestInfo up to the hash: RFC 8017 section 9.2, note 1.
struct Marking {
  std::string_view der;
  std::string_view name;
  std::optional<Digest> digest;
};
constexpr std::array markings{
    Marking{bytes("\x30\x21\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04\x14"), "SHA-1",
            Digest::sha1},
    Marking{bytes("\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20"),
            "SHA-256", Digest::sha256},
    Marking{bytes("\x30\x51\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40"),
            "SHA-512", Digest::sha512},
    Marking{bytes("\x30\x41\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02\x05\x00\x04\x30"),
            "SHA-384", std::nullopt},
    Marking{bytes("\x30\x2d\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x04\x05\x00\x04\x1c"),
            "SHA-224", std::nullopt},
    Marking{bytes("\x30\x20\x30\x0c\x06\x08\x2a\x86\x48\x86\xf7\x0d\x02\x05\x05\x00\x04\x10"),
            "MD5", std::nullopt},
};

}  // namespace

std::optional<SignatureContent> signature_content(const RsaPublicKey& key,
                                                  std::string_view signature) {
  const OwnedPkeyContext context(
      ::EVP_PKEY_CTX_new_from_pkey(nullptr, key.handle().pkey.get(), nullptr));
  if (!context || ::EVP_PKEY_verify_recover_init(context.get()) != 1 ||
      ::EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1) {
    library_failure("open a signature");
  }
  std::string content(static_cast<std::size_t>(key.bits() + 7) / 8, '\0');
  std::size_t size = content.size();
  if (::EVP_PKEY_verify_recover(context.get(), as_bytes(content), &size, as_bytes(signature),
                                signature.size()) != 1) {
    drained_errors();
    return std::nullopt;
  }
  content.resize(size);
  for (const Marking& marking : markings) {
    if (!content.starts_with(marking.der)) continue;
    return SignatureContent{marking.digest, std::string(marking.name),
                            content.substr(marking.der.size())};
  }
  return SignatureContent{std::nullopt, "", std::move(content)};
}

}  // namespace applink::crypto
