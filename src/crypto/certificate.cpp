// X.509 by OpenSSL.
#include "applink/crypto/certificate.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <optional>

#include <fmt/format.h>
#include <openssl/pem.h>

#include "applink/base/text.h"
#include "crypto/key_decoder.h"
#include "crypto/key_handle.h"
#include "crypto/pem.h"
#include "crypto/random.h"

namespace applink::crypto {

struct Certificate::Handle {
  OwnedCertificate x509;
  Timestamp not_before;
  Timestamp not_after;
};

namespace {

constexpr std::size_t longest_common_name = 64;  // RFC 5280 appendix A.1, ub-common-name
constexpr Timestamp last_time{std::chrono::seconds(253402300799)};  // 9999-12-31T23:59:59Z
constexpr std::size_t serial_size = 16;

std::optional<Timestamp> time_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (::ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  return Timestamp(std::chrono::seconds(::timegm(&parts)));
}

Result<Certificate> certificate_of(OwnedCertificate x509) {
  const auto not_before = time_of(::X509_get0_notBefore(x509.get()));
  const auto not_after = time_of(::X509_get0_notAfter(x509.get()));
  if (!not_before || !not_after) {
    drained_errors();
    return fail(ErrorCode::failed, "the certificate has a time of validity that is none");
  }
  return Certificate(std::make_unique<const Certificate::Handle>(
      Certificate::Handle{std::move(x509), *not_before, *not_after}));
}

std::string der_of(X509* x509) {
  unsigned char* bytes = nullptr;
  const int size = ::i2d_X509(x509, &bytes);
  if (size < 0) library_failure("encode a certificate");
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  ::OPENSSL_free(bytes);
  return der;
}

std::string text_in(BIO* memory) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(memory, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

OwnedBio memory() {
  OwnedBio made(::BIO_new(::BIO_s_mem()));
  if (!made) library_failure("provide memory");
  return made;
}

Result<void> check_common_name(std::string_view name) {
  const bool fits = !name.empty() && name.size() <= longest_common_name;
  // terminal_safe changes exactly what a name must not hold: control characters, broken UTF-8.
  if (fits && terminal_safe(name) == name && trim_ascii(name) == name) return {};
  return fail(ErrorCode::usage,
              fmt::format("\"{}\" cannot be the common name of a certificate", terminal_safe(name)),
              "choose 1 to 64 bytes of printable UTF-8, without blanks at its ends");
}

Result<void> check_validity(Timestamp not_before, std::chrono::days validity) {
  if (validity >= std::chrono::days(1) && validity <= std::chrono::days(3652059) &&
      not_before + validity <= last_time) {
    return {};
  }
  return fail(ErrorCode::usage,
              fmt::format("a certificate cannot be valid for {} days", validity.count()),
              "choose a day at least, and an end before the year 10000");
}

Result<Certificate> certificate_from_der(std::string_view der) {
  const unsigned char* at = as_bytes(der);
  OwnedCertificate x509(::d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (x509 && at == as_bytes(der) + der.size()) return certificate_of(std::move(x509));
  drained_errors();
  return fail(ErrorCode::failed, "the certificate is damaged",
              "copy the file again, whole, from its first to its last byte");
}

bool set_serial(X509* x509) {
  std::array<unsigned char, serial_size> bytes{};
  random_bytes(bytes);
  bytes[0] |= 0x40U;  // never zero, and of one length
  const OwnedBignum serial(::BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  return serial && ::BN_to_ASN1_INTEGER(serial.get(), ::X509_get_serialNumber(x509)) != nullptr;
}

bool set_names(X509* x509, std::string_view common_name) {
  X509_NAME* const subject = ::X509_get_subject_name(x509);
  return ::X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8, as_bytes(common_name),
                                      static_cast<int>(common_name.size()), -1, 0) == 1 &&
         ::X509_set_issuer_name(x509, subject) == 1;
}

bool set_times(X509* x509, Timestamp not_before, Timestamp not_after) {
  return ::ASN1_TIME_adj(::X509_getm_notBefore(x509), not_before.time_since_epoch().count(), 0,
                         0) != nullptr &&
         ::ASN1_TIME_adj(::X509_getm_notAfter(x509), not_after.time_since_epoch().count(), 0, 0) !=
             nullptr;
}

bool add_extension(X509* x509, int nid, const char* value) {
  X509V3_CTX context{};
  ::X509V3_set_ctx(&context, x509, x509, nullptr, nullptr, 0);
  const OwnedExtension extension(::X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  return extension && ::X509_add_ext(x509, extension.get(), -1) == 1;
}

bool add_extensions(X509* x509) {
  return add_extension(x509, NID_basic_constraints, "critical,CA:FALSE") &&
         add_extension(x509, NID_key_usage, "critical,digitalSignature") &&
         add_extension(x509, NID_subject_key_identifier, "hash");
}

bool sign_with_sha256(X509* x509, EVP_PKEY* key) {
  const OwnedHash sha256(::EVP_MD_fetch(nullptr, openssl_name(Digest::sha256), nullptr));
  return sha256 && ::X509_sign(x509, key, sha256.get()) > 0;
}

}  // namespace

Certificate::Certificate(std::unique_ptr<const Handle> handle) noexcept
    : handle_(std::move(handle)) {}
Certificate::Certificate(Certificate&&) noexcept = default;
Certificate& Certificate::operator=(Certificate&&) noexcept = default;
Certificate::~Certificate() = default;

Result<Certificate> Certificate::from_pem(std::string_view pem) {
  const auto blocks = pem_blocks(pem);
  const auto block = std::find_if(blocks.begin(), blocks.end(),
                                  [](const PemBlock& b) { return b.label == "CERTIFICATE"; });
  if (block == blocks.end()) {
    return fail(ErrorCode::failed, "the file holds no certificate",
                "give the file that begins with -----BEGIN CERTIFICATE-----");
  }
  TRY_ASSIGN(const Secret der, pem_bytes(*block));
  return certificate_from_der(der.reveal());
}

std::string Certificate::to_pem() const {
  const OwnedBio out = memory();
  if (::PEM_write_bio_X509(out.get(), handle_->x509.get()) != 1) {
    library_failure("encode a certificate");
  }
  return text_in(out.get());
}

std::string Certificate::to_der() const {
  return der_of(handle_->x509.get());
}

std::string Certificate::subject() const {
  const OwnedBio out = memory();
  const unsigned long rfc4514_in_utf8 =
      XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  if (::X509_NAME_print_ex(out.get(), ::X509_get_subject_name(handle_->x509.get()), 0,
                           rfc4514_in_utf8) < 0) {
    library_failure("print the name of a certificate");
  }
  return text_in(out.get());
}

Timestamp Certificate::not_before() const {
  return handle_->not_before;
}

Timestamp Certificate::not_after() const {
  return handle_->not_after;
}

Result<RsaPublicKey> Certificate::public_key() const {
  unsigned char* bytes = nullptr;
  const int size = ::i2d_X509_PUBKEY(::X509_get_X509_PUBKEY(handle_->x509.get()), &bytes);
  if (size < 0) library_failure("read the key of a certificate");
  const std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  ::OPENSSL_free(bytes);
  TRY_ASSIGN(auto key, decode_spki(der));
  return make_public_key(std::move(key));
}

Result<Certificate> self_signed_certificate(const RsaPrivateKey& key, std::string_view common_name,
                                            Timestamp not_before, std::chrono::days validity) {
  TRY(check_common_name(common_name));
  TRY(check_validity(not_before, validity));
  const OwnedCertificate x509(::X509_new());
  EVP_PKEY* const pkey = key.handle().pkey.get();
  if (!x509 || ::X509_set_version(x509.get(), X509_VERSION_3) != 1 || !set_serial(x509.get()) ||
      !set_names(x509.get(), common_name) ||
      !set_times(x509.get(), not_before, not_before + validity) ||
      ::X509_set_pubkey(x509.get(), pkey) != 1 || !add_extensions(x509.get()) ||
      !sign_with_sha256(x509.get(), pkey)) {
    library_failure("make a certificate");
  }
  // Read back, because what was built keeps a reference to the private key.
  return certificate_from_der(der_of(x509.get()));
}

}  // namespace applink::crypto
