// What every certificate that is made here is put together from.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/clock.h"
#include "crypto/openssl.h"

namespace applink::crypto {

struct CertificateParts {
  std::string_view subject;  ///< the common name alone
  std::string_view issuer;
  Timestamp not_before;
  Timestamp not_after;
  EVP_PKEY* key = nullptr;         ///< certified
  EVP_PKEY* issuer_key = nullptr;  ///< signs, with SHA-256
};

struct CertificateExtension {
  int nid;
  const char* value;  ///< as openssl's x509v3_config(5) writes it
};

/// X.509 v3 with a random serial number of 128 bits; null where OpenSSL takes some part not.
OwnedCertificate signed_certificate(const CertificateParts& parts,
                                    std::initializer_list<CertificateExtension> extensions);

/// "-----BEGIN CERTIFICATE-----" and on.
std::string certificate_pem(X509* x509);

}  // namespace applink::crypto
