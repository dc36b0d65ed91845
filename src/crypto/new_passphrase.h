// Passphrases for files that are about to be written.
#pragma once

#include "applink/base/result.h"
#include "applink/base/secret.h"

namespace applink::crypto {

/// PBKDF2-HMAC-SHA-256: what OWASP's password storage cheat sheet asks for.
inline constexpr int kdf_iterations = 600000;

/// One that protects something and that other programs can be given.
Result<void> check_new_passphrase(const Secret& passphrase);

}  // namespace applink::crypto
