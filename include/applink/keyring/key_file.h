// Private key files as users keep them.
#pragma once

#include <filesystem>

#include "applink/base/result.h"
#include "applink/crypto/rsa_key.h"

namespace applink::keyring {

/// The key in a file that its owner alone may read: an unencrypted PKCS#1 or PKCS#8 PEM, checked
/// down to its primes. Errors name the file, and their hints can be typed as they stand.
Result<crypto::RsaPrivateKey> load_private_key_file(const std::filesystem::path& path);

}  // namespace applink::keyring
