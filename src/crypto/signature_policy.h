// What this machine's OpenSSL refuses of RSA signatures, by its configuration.
#pragma once

#include "applink/base/error.h"
#include "applink/base/result.h"
#include "applink/crypto/rsa_key.h"

namespace applink::crypto {

/// OpenSSL has just refused the hash for a signature: why, from its error queue, and what helps.
Error hash_refused(Digest kind);

/// Whether `key` may verify signatures over such a hash here. RsaPublicKey::verify cannot tell: to
/// it a signature is genuine or not.
Result<void> check_verification(const RsaPublicKey& key, Digest kind);

}  // namespace applink::crypto
