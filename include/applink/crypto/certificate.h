// X.509 certificates: the form in which Jira's admin page takes a public key.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/crypto/rsa_key.h"

namespace applink::crypto {

/// Neither copies nor serves after it was moved from. Its methods may run in several threads.
class Certificate {
 public:
  struct Handle;  ///< OpenSSL's certificate; known to this module alone
  explicit Certificate(std::unique_ptr<const Handle> handle) noexcept;
  Certificate(Certificate&&) noexcept;
  Certificate& operator=(Certificate&&) noexcept;
  ~Certificate();

  /// Reads the first certificate of `pem`, of whatever key and issuer.
  static Result<Certificate> from_pem(std::string_view pem);
  /// Reads exactly one certificate.
  static Result<Certificate> from_der(std::string_view der);

  /// Begins at its first byte with "-----BEGIN CERTIFICATE-----", as Jira's admin form demands.
  [[nodiscard]] std::string to_pem() const;
  [[nodiscard]] std::string to_der() const;
  /// RFC 4514, in UTF-8: "CN=hub". Foreign text: not yet safe for a terminal.
  [[nodiscard]] std::string subject() const;
  [[nodiscard]] Timestamp not_before() const;
  [[nodiscard]] Timestamp not_after() const;
  /// The key it certifies; fails where that is no RSA key.
  [[nodiscard]] Result<RsaPublicKey> public_key() const;

 private:
  std::unique_ptr<const Handle> handle_;
};

/// An X.509 v3 certificate of `key` by `key` itself, signed with SHA-256, with a random serial
/// number of 128 bits. `common_name` is 1 to 64 printable characters of UTF-8; the validity is a
/// day at least and ends before the year 10000.
Result<Certificate> self_signed_certificate(const RsaPrivateKey& key, std::string_view common_name,
                                            Timestamp not_before, std::chrono::days validity);

/// Whether self_signed_certificate() takes these, for who has a key to make first.
Result<void> check_certificate_details(std::string_view common_name, Timestamp not_before,
                                       std::chrono::days validity);

}  // namespace applink::crypto
