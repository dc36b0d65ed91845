// Taking over a key pair that was made elsewhere.
#include "applink/keyring/import.h"

#include "applink/crypto/certificate.h"
#include "applink/jira/application_link.h"
#include "keyring/key_pair.h"

namespace applink::keyring {
namespace {

Result<std::string> certificate_of(const crypto::RsaPrivateKey& private_key,
                                   const std::string& given) {
  TRY_ASSIGN(const auto file, crypto::read_public_key(given));
  if (!file.certificate_pem) {
    return fail(ErrorCode::failed, "the certificate is none: it is a public key alone",
                "give the one made with this key, or none: then a new one is made");
  }
  if (!crypto::is_pair(private_key, file.key)) {
    return fail(ErrorCode::failed, "the certificate belongs to another key",
                "give the one made with this key, or none: then a new one is made");
  }
  return *file.certificate_pem;
}

Result<ImportedKeyPair> with_certificate(std::string_view name, crypto::PrivateKeyFile file,
                                         const ImportOptions& options, const Clock& clock) {
  const auto pair = [&](std::string certificate_pem) {
    return store::KeyPair{std::string(name), std::move(file.key), std::move(certificate_pem),
                          clock.now()};
  };
  if (options.certificate) {
    TRY_ASSIGN(std::string pem, certificate_of(file.key, *options.certificate));
    return ImportedKeyPair{pair(std::move(pem)), CertificateOrigin::given, std::move(file.repairs)};
  }
  if (file.certificate_pem) {
    return ImportedKeyPair{pair(*std::move(file.certificate_pem)),
                           CertificateOrigin::beside_the_key, std::move(file.repairs)};
  }
  TRY_ASSIGN(auto made,
             key_pair_with_new_certificate(name, std::move(file.key), options.details, clock));
  return ImportedKeyPair{std::move(made), CertificateOrigin::made, std::move(file.repairs)};
}

}  // namespace

Result<crypto::PrivateKeyFile> read_sound_key(const Secret& bytes,
                                              const crypto::AskPassphrase& ask) {
  TRY_ASSIGN(auto file, crypto::read_private_key(bytes, ask));
  TRY(file.key.check());
  return file;
}

Result<ImportedKeyPair> import_key_pair(std::string_view name, const Secret& bytes,
                                        const ImportOptions& options, const Clock& clock) {
  TRY(jira::check_name("key", name));
  TRY_ASSIGN(auto file, read_sound_key(bytes, options.ask));
  return with_certificate(name, std::move(file), options, clock);
}

Result<ImportedKeyPair> import_key_file(std::string_view name, const std::filesystem::path& path,
                                        const ImportOptions& options, const Clock& clock) {
  TRY(jira::check_name("key", name));
  TRY_ASSIGN(auto file, read_sound_key_file(path, options.ask));
  return with_certificate(name, std::move(file), options, clock);
}

}  // namespace applink::keyring
