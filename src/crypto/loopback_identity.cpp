// Two keys on P-256, which are made at once where RSA takes its time, and two certificates.
#include "crypto/loopback_identity.h"

#include <chrono>

#include <openssl/pem.h>

#include "crypto/certificate_parts.h"

namespace applink::crypto {
namespace {

constexpr std::string_view authority_name = "applink sandbox authority";

OwnedPkey new_key() {
  OwnedPkey key(::EVP_EC_gen("P-256"));
  if (!key) library_failure("make a key");
  return key;
}

Secret key_pem(EVP_PKEY* key) {
  const OwnedBio out(::BIO_new(::BIO_s_secmem()));
  if (!out ||
      ::PEM_write_bio_PKCS8PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    library_failure("encode a key");
  }
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(out.get(), &bytes);
  Secret pem(std::string_view(bytes, static_cast<std::size_t>(size)));
  ::OPENSSL_cleanse(bytes, static_cast<std::size_t>(size));
  return pem;
}

}  // namespace

LoopbackIdentity make_loopback_identity(Timestamp now) {
  const auto authority_key = new_key();
  const auto key = new_key();
  CertificateParts parts{authority_name,
                         authority_name,
                         now - std::chrono::hours(1),
                         now + std::chrono::days(365),
                         authority_key.get(),
                         authority_key.get()};
  const auto authority =
      signed_certificate(parts, {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                                 {NID_key_usage, "critical,keyCertSign,cRLSign"},
                                 {NID_subject_key_identifier, "hash"}});
  parts.subject = "localhost";
  parts.key = key.get();
  const auto certificate =
      signed_certificate(parts, {{NID_basic_constraints, "critical,CA:FALSE"},
                                 {NID_key_usage, "critical,digitalSignature"},
                                 {NID_ext_key_usage, "serverAuth"},
                                 {NID_subject_key_identifier, "hash"},
                                 {NID_subject_alt_name, "IP:127.0.0.1,IP:::1,DNS:localhost"}});
  if (!authority || !certificate) library_failure("make a certificate");
  return {certificate_pem(authority.get()), certificate_pem(certificate.get()), key_pem(key.get())};
}

}  // namespace applink::crypto
