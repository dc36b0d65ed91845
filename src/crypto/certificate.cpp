// X.509 by OpenSSL.
#include "applink/crypto/certificate.h"

#include <algorithm>
#include <ctime>
#include <optional>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "crypto/certificate_parts.h"
#include "crypto/key_content.h"
#include "crypto/key_decoder.h"
#include "crypto/key_handle.h"

namespace applink::crypto {

struct Certificate::Handle {
  OwnedCertificate x509;
  Timestamp not_before;
  Timestamp not_after;
};

namespace {

constexpr std::size_t longest_common_name = 64;  // RFC 5280 appendix A.1, ub-common-name
constexpr Timestamp last_time{std::chrono::seconds(253402300799)};  // 9999-12-31T23:59:59Z

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
    return fail(ErrorCode::failed, "the certificate has a time of validity that is none",
                "make it again, or give the public key itself");
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

}  // namespace

Certificate::Certificate(std::unique_ptr<const Handle> handle) noexcept
    : handle_(std::move(handle)) {}
Certificate::Certificate(Certificate&&) noexcept = default;
Certificate& Certificate::operator=(Certificate&&) noexcept = default;
Certificate::~Certificate() = default;

Result<Certificate> Certificate::from_pem(std::string_view pem) {
  const KeyContent content = key_content(pem);
  const auto found = std::find_if(content.blobs.begin(), content.blobs.end(), [](const Blob& blob) {
    return blob.kind == BlobKind::certificate || blob.label == "CERTIFICATE";
  });
  if (found == content.blobs.end()) {
    return fail(ErrorCode::failed, "the file holds no certificate",
                "give the file that begins with -----BEGIN CERTIFICATE-----");
  }
  if (found->error) return tl::unexpected(*found->error);
  return from_der(found->bytes.reveal());
}

Result<Certificate> Certificate::from_der(std::string_view der) {
  const unsigned char* at = as_bytes(der);
  OwnedCertificate x509(::d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (x509 && at == as_bytes(der) + der.size()) return certificate_of(std::move(x509));
  drained_errors();
  return fail(ErrorCode::failed, "the certificate is damaged",
              "copy the file again, whole, from its first to its last byte");
}

std::string Certificate::to_pem() const {
  return certificate_pem(handle_->x509.get());
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
  TRY_ASSIGN(auto key, decode_spki(spki_der(::X509_get_X509_PUBKEY(handle_->x509.get()))));
  return make_public_key(std::move(key));
}

Result<void> check_certificate_details(std::string_view common_name, Timestamp not_before,
                                       std::chrono::days validity) {
  TRY(check_common_name(common_name));
  return check_validity(not_before, validity);
}

Result<Certificate> self_signed_certificate(const RsaPrivateKey& key, std::string_view common_name,
                                            Timestamp not_before, std::chrono::days validity) {
  TRY(check_certificate_details(common_name, not_before, validity));
  EVP_PKEY* const pkey = key.handle().pkey.get();
  const auto x509 =
      signed_certificate({common_name, common_name, not_before, not_before + validity, pkey, pkey},
                         {{NID_basic_constraints, "critical,CA:FALSE"},
                          {NID_key_usage, "critical,digitalSignature"},
                          {NID_subject_key_identifier, "hash"}});
  if (!x509) library_failure("make a certificate");
  // Read back, because what was built keeps a reference to the private key.
  return Certificate::from_der(der_of(x509.get()));
}

}  // namespace applink::crypto
