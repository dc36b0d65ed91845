// Making a key pair and its certificate.
#include "applink/keyring/create.h"

#include "applink/crypto/certificate.h"
#include "applink/jira/application_link.h"
#include "keyring/key_pair.h"

namespace applink::keyring {
namespace {

std::string common_name_of(std::string_view name, const CertificateDetails& details) {
  return details.common_name.value_or(std::string(name));
}

}  // namespace

Result<store::KeyPair> key_pair_with_new_certificate(std::string_view name,
                                                     crypto::RsaPrivateKey private_key,
                                                     const CertificateDetails& details,
                                                     const Clock& clock) {
  const Timestamp now = clock.now();
  TRY_ASSIGN(const auto certificate,
             crypto::self_signed_certificate(private_key, common_name_of(name, details), now,
                                             details.validity));
  return store::KeyPair{std::string(name), std::move(private_key), certificate.to_pem(), now};
}

Result<store::KeyPair> create_key_pair(std::string_view name, int bits,
                                       const CertificateDetails& details, const Clock& clock,
                                       const crypto::OnPrimeSearch& on_search) {
  TRY(jira::check_name("key", name));
  TRY(crypto::check_certificate_details(common_name_of(name, details), clock.now(),
                                        details.validity));
  TRY_ASSIGN(auto private_key, crypto::RsaPrivateKey::generate(bits, on_search));
  return key_pair_with_new_certificate(name, std::move(private_key), details, clock);
}

}  // namespace applink::keyring
