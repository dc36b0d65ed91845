// Private key files as users keep them.
#pragma once

#include <filesystem>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/crypto/rsa_key.h"

namespace applink::keyring {

/// Refuses a file that group or others may read: what they could read is no secret any more.
Result<Secret> read_private_key_file(const std::filesystem::path& path);

/// The key in such a file. Errors name the file, and their hints can be typed as they stand.
Result<crypto::RsaPrivateKey> load_private_key_file(const std::filesystem::path& path);

}  // namespace applink::keyring
