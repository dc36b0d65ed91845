// Private key files as users keep them.
#pragma once

#include <filesystem>

#include "applink/base/result.h"
#include "applink/crypto/key_reading.h"
#include "applink/crypto/rsa_key.h"

namespace applink::keyring {

/// How far a key is checked: that its numbers belong together, as every key that is read; or down
/// to its primes, which takes tens of milliseconds, before it is kept.
enum class KeyCheck { numbers, primes };

/// The key in a file that its owner alone may read, in any form that crypto::read_private_key()
/// reads. Errors name the file, and their hints can be typed as they stand.
Result<crypto::RsaPrivateKey> load_private_key_file(const std::filesystem::path& path,
                                                    const crypto::AskPassphrase& ask = {},
                                                    KeyCheck check = KeyCheck::primes);

}  // namespace applink::keyring
