// A key pair that was made elsewhere.
#pragma once

#include <filesystem>
#include <string_view>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/keyring/create.h"
#include "applink/store/key_pair.h"

namespace applink::keyring {

/// Takes an unencrypted PKCS#1 or PKCS#8 PEM, checked down to its primes. Not stored yet, as with
/// create_key_pair(). The certificate is made here, as `details` say.
Result<store::KeyPair> import_key_pair(std::string_view name, const Secret& private_key_pem,
                                       const CertificateDetails& details, const Clock& clock);

/// The same with the certificate that belongs to the key; refused where it is another key's.
Result<store::KeyPair> import_key_pair(std::string_view name, const Secret& private_key_pem,
                                       std::string_view certificate_pem, const Clock& clock);

/// The same from a file, as load_private_key_file() reads it.
Result<store::KeyPair> import_key_file(std::string_view name, const std::filesystem::path& path,
                                       const CertificateDetails& details, const Clock& clock);

}  // namespace applink::keyring
