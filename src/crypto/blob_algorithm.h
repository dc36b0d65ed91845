// The algorithm of a key that is not RSA's.
#pragma once

#include <string>

#include "crypto/key_blob.h"

namespace applink::crypto {

/// "RSA", "EC", "Ed25519"…; empty where the blob does not tell, or is encrypted.
std::string algorithm_of(const Blob& blob);

}  // namespace applink::crypto
