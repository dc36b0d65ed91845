// A key out of a passphrase: scrypt (RFC 7914), which makes each guess cost time and memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/crypto/scrypt.h"
#include "crypto/sealing.h"

namespace applink::crypto {

inline constexpr std::size_t salt_size = 16;
/// Another one for every passphrase.
std::string random_salt();

/// Refuses parameters that RFC 7914 excludes, and those that ask for more than 1 GiB or for more
/// than 16 times the work of today's: they may come from a file of somebody else's making.
Result<SealingKey> passphrase_key(const Secret& passphrase, std::string_view salt,
                                  const ScryptParameters& parameters);

}  // namespace applink::crypto
