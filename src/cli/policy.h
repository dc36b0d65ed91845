// What this machine's OpenSSL refuses to do, said before it is a riddle.
#pragma once

#include "applink/crypto/rsa_key.h"
#include "cli/console.h"

namespace applink::cli {

/// Signs something with SHA-1, as RSA-SHA1 does, and warns where OpenSSL refuses. By a trial: what
/// a configuration says and what OpenSSL does are two things.
void warn_of_sha1_policy(const crypto::RsaPrivateKey& key, Console& console);

}  // namespace applink::cli
