// What making, importing and loading have in common.
#pragma once

#include <filesystem>
#include <string_view>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/crypto/key_reading.h"
#include "applink/keyring/create.h"
#include "applink/store/key_pair.h"

namespace applink::keyring {

/// As crypto::read_private_key(), and checked down to its primes.
Result<crypto::PrivateKeyFile> read_sound_key(const Secret& bytes,
                                              const crypto::AskPassphrase& ask);

/// The same from a file that its owner alone may read. Errors name the file.
Result<crypto::PrivateKeyFile> read_sound_key_file(const std::filesystem::path& path,
                                                   const crypto::AskPassphrase& ask);

Result<store::KeyPair> key_pair_with_new_certificate(std::string_view name,
                                                     crypto::RsaPrivateKey private_key,
                                                     const CertificateDetails& details,
                                                     const Clock& clock);

}  // namespace applink::keyring
