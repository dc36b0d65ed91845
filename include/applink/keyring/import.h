// A key pair that was made elsewhere.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/crypto/key_reading.h"
#include "applink/keyring/create.h"
#include "applink/store/key_pair.h"

namespace applink::keyring {

struct ImportOptions {
  crypto::AskPassphrase ask;  ///< as crypto::read_private_key() takes it
  /// PEM, DER or base64 of the key's certificate, before the one that comes with it; an error where
  /// it is another key's.
  std::optional<std::string> certificate;
  CertificateDetails details;  ///< of the one that is made where there is none
};

enum class CertificateOrigin { given, beside_the_key, made };

struct ImportedKeyPair {
  store::KeyPair pair;
  CertificateOrigin certificate = CertificateOrigin::made;
  std::vector<std::string>
      repairs;  ///< as in crypto::PrivateKeyFile: for the user, a sentence each
};

/// Takes a private key in any form that crypto::read_private_key() reads, checked down to its
/// primes. Not stored yet, as with create_key_pair().
Result<ImportedKeyPair> import_key_pair(std::string_view name, const Secret& bytes,
                                        const ImportOptions& options, const Clock& clock);

/// The same from a file, as load_private_key_file() reads it.
Result<ImportedKeyPair> import_key_file(std::string_view name, const std::filesystem::path& path,
                                        const ImportOptions& options, const Clock& clock);

}  // namespace applink::keyring
