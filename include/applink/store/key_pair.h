// A named RSA key pair as it is kept, and what a listing shows of it.
#pragma once

#include <string>

#include "applink/base/clock.h"
#include "applink/crypto/rsa_key.h"

namespace applink::store {

struct KeyPair {
  std::string name;
  crypto::RsaPrivateKey private_key;
  std::string certificate_pem;  ///< of this very key: what was, or will be, given to Jira
  Timestamp created;
};

/// Nothing secret.
struct KeySummary {
  std::string name;
  int bits = 0;
  std::string fingerprint_hex;  ///< SHA-256 of the SubjectPublicKeyInfo
  Timestamp certificate_not_after;
  Timestamp created;
};

}  // namespace applink::store
