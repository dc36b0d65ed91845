// PFX by OpenSSL.
#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/crypto/pkcs12.h"
#include "crypto/key_handle.h"
#include "crypto/new_passphrase.h"

namespace applink::crypto {
namespace {

constexpr std::size_t longest_alias = 255;

Result<void> check_alias(std::string_view alias) {
  const bool fits = !alias.empty() && alias.size() <= longest_alias;
  // terminal_safe changes exactly what an alias must not hold: control characters, broken UTF-8.
  if (fits && terminal_safe(alias) == alias && trim_ascii(alias) == alias) return {};
  return fail(ErrorCode::usage,
              fmt::format("\"{}\" cannot be an alias in a PKCS#12 file", terminal_safe(alias)),
              "choose 1 to 255 bytes of printable UTF-8, without blanks at its ends");
}

Result<void> check_pair(const RsaPrivateKey& key, const Certificate& certificate) {
  TRY_ASSIGN(const auto certified, certificate.public_key());
  if (is_pair(key, certified)) return {};
  return fail(ErrorCode::failed, "the certificate belongs to another key",
              "give the certificate that was made with this key");
}

OwnedCertificate x509_of(const Certificate& certificate) {
  const std::string der = certificate.to_der();
  const unsigned char* at = as_bytes(der);
  return OwnedCertificate(::d2i_X509(nullptr, &at, static_cast<long>(der.size())));
}

Secret with_terminator(const Secret& passphrase) {
  std::string text(passphrase.size() + 1, '\0');
  passphrase.reveal().copy(text.data(), passphrase.size());
  return Secret::take(std::move(text));
}

Secret der_of(const PKCS12* pfx) {
  unsigned char* bytes = nullptr;
  const int size = ::i2d_PKCS12(pfx, &bytes);
  if (size < 0) library_failure("encode a PKCS#12 file");
  Secret der(
      std::string_view(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)));
  ::OPENSSL_clear_free(bytes, static_cast<std::size_t>(size));
  return der;
}

}  // namespace

Result<Secret> to_pkcs12(const RsaPrivateKey& key, const Certificate& certificate,
                         const Secret& passphrase, std::string_view alias) {
  TRY(check_new_passphrase(passphrase));
  TRY(check_alias(alias));
  TRY(check_pair(key, certificate));
  const OwnedCertificate x509 = x509_of(certificate);
  const Secret terminated = with_terminator(passphrase);
  const std::string name(alias);
  const OwnedPkcs12 pfx(::PKCS12_create(
      terminated.reveal().data(), name.c_str(), key.handle().pkey.get(), x509.get(), nullptr,
      NID_aes_256_cbc, NID_aes_256_cbc, kdf_iterations, kdf_iterations, 0));
  if (!x509 || !pfx) library_failure("make a PKCS#12 file");
  return der_of(pfx.get());
}

}  // namespace applink::crypto
