// Taking over a key pair that was made elsewhere.
#include "applink/keyring/import.h"

#include "applink/crypto/certificate.h"
#include "applink/crypto/key_reading.h"
#include "applink/jira/application_link.h"
#include "applink/keyring/key_file.h"
#include "keyring/key_pair.h"

namespace applink::keyring {
namespace {

Result<crypto::Certificate> certificate_of(const crypto::RsaPrivateKey& private_key,
                                           std::string_view pem) {
  TRY_ASSIGN(auto certificate, crypto::Certificate::from_pem(pem));
  TRY_ASSIGN(const auto public_key, certificate.public_key());
  if (crypto::is_pair(private_key, public_key)) return certificate;
  return fail(ErrorCode::failed, "the certificate belongs to another key",
              "give the one made with this key, or none: then a new one is made");
}

}  // namespace

Result<crypto::RsaPrivateKey> proven_private_key(const Secret& pem) {
  TRY_ASSIGN(auto file, crypto::read_private_key(pem));
  TRY(file.key.check());
  return std::move(file.key);
}

Result<store::KeyPair> import_key_pair(std::string_view name, const Secret& private_key_pem,
                                       const CertificateDetails& details, const Clock& clock) {
  TRY(jira::check_name("key", name));
  TRY_ASSIGN(auto private_key, proven_private_key(private_key_pem));
  return key_pair_with_new_certificate(name, std::move(private_key), details, clock);
}

Result<store::KeyPair> import_key_pair(std::string_view name, const Secret& private_key_pem,
                                       std::string_view certificate_pem, const Clock& clock) {
  TRY(jira::check_name("key", name));
  TRY_ASSIGN(auto private_key, proven_private_key(private_key_pem));
  TRY_ASSIGN(const auto certificate, certificate_of(private_key, certificate_pem));
  // Written anew, so that nothing stands before its BEGIN line: Jira would not know it then.
  return store::KeyPair{std::string(name), std::move(private_key), certificate.to_pem(),
                        clock.now()};
}

Result<store::KeyPair> import_key_file(std::string_view name, const std::filesystem::path& path,
                                       const CertificateDetails& details, const Clock& clock) {
  TRY(jira::check_name("key", name));
  TRY_ASSIGN(auto private_key, load_private_key_file(path));
  return key_pair_with_new_certificate(name, std::move(private_key), details, clock);
}

}  // namespace applink::keyring
