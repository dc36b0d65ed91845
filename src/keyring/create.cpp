// Making a key pair and its certificate.
#include "applink/keyring/create.h"

#include "applink/crypto/certificate.h"
#include "applink/jira/application_link.h"
#include "keyring/key_pair.h"

namespace applink::keyring {

Result<store::KeyPair> key_pair_with_new_certificate(std::string_view name,
                                                     crypto::RsaPrivateKey private_key,
                                                     const CertificateDetails& details,
                                                     const Clock& clock) {
  const std::string common_name = details.common_name.value_or(std::string(name));
  const Timestamp now = clock.now();
  TRY_ASSIGN(const auto certificate,
             crypto::self_signed_certificate(private_key, common_name, now, details.validity));
  return store::KeyPair{std::string(name), std::move(private_key), certificate.to_pem(), now};
}

Result<store::KeyPair> create_key_pair(std::string_view name, int bits,
                                       const CertificateDetails& details, const Clock& clock) {
  TRY(jira::check_name("key", name));
  TRY_ASSIGN(auto private_key, crypto::RsaPrivateKey::generate(bits));
  return key_pair_with_new_certificate(name, std::move(private_key), details, clock);
}

}  // namespace applink::keyring
