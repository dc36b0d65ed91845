// Certificates made by OpenSSL, part by part.
#include "crypto/certificate_parts.h"

#include <algorithm>
#include <array>

#include <openssl/pem.h>

#include "crypto/random.h"

namespace applink::crypto {
namespace {

constexpr std::size_t serial_size = 16;

bool set_serial(X509* x509) {
  std::array<unsigned char, serial_size> bytes{};
  random_bytes(bytes);
  bytes[0] |= 0x40U;  // never zero, and of one length
  const OwnedBignum serial(::BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  return serial && ::BN_to_ASN1_INTEGER(serial.get(), ::X509_get_serialNumber(x509)) != nullptr;
}

bool set_name(X509_NAME* name, std::string_view common_name) {
  return ::X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, as_bytes(common_name),
                                      static_cast<int>(common_name.size()), -1, 0) == 1;
}

bool set_times(X509* x509, Timestamp not_before, Timestamp not_after) {
  return ::ASN1_TIME_adj(::X509_getm_notBefore(x509), not_before.time_since_epoch().count(), 0,
                         0) != nullptr &&
         ::ASN1_TIME_adj(::X509_getm_notAfter(x509), not_after.time_since_epoch().count(), 0, 0) !=
             nullptr;
}

bool add_extension(X509* x509, const CertificateExtension& wanted) {
  X509V3_CTX context{};
  ::X509V3_set_ctx(&context, x509, x509, nullptr, nullptr, 0);
  const OwnedExtension extension(
      ::X509V3_EXT_conf_nid(nullptr, &context, wanted.nid, wanted.value));
  return extension && ::X509_add_ext(x509, extension.get(), -1) == 1;
}

bool sign_with_sha256(X509* x509, EVP_PKEY* key) {
  const OwnedHash sha256(::EVP_MD_fetch(nullptr, openssl_name(Digest::sha256), nullptr));
  return sha256 && ::X509_sign(x509, key, sha256.get()) > 0;
}

}  // namespace

OwnedCertificate signed_certificate(const CertificateParts& parts,
                                    std::initializer_list<CertificateExtension> extensions) {
  OwnedCertificate x509(::X509_new());
  const bool made =
      x509 && ::X509_set_version(x509.get(), X509_VERSION_3) == 1 && set_serial(x509.get()) &&
      set_name(::X509_get_subject_name(x509.get()), parts.subject) &&
      set_name(::X509_get_issuer_name(x509.get()), parts.issuer) &&
      set_times(x509.get(), parts.not_before, parts.not_after) &&
      ::X509_set_pubkey(x509.get(), parts.key) == 1 &&
      std::all_of(extensions.begin(), extensions.end(),
                  [&](const auto& extension) { return add_extension(x509.get(), extension); }) &&
      sign_with_sha256(x509.get(), parts.issuer_key);
  return made ? std::move(x509) : nullptr;
}

std::string certificate_pem(X509* x509) {
  const OwnedBio out(::BIO_new(::BIO_s_mem()));
  if (!out || ::PEM_write_bio_X509(out.get(), x509) != 1) library_failure("encode a certificate");
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(out.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

}  // namespace applink::crypto
