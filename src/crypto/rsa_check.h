// Whether the numbers of an RSA key belong together.
#pragma once

#include "applink/base/result.h"
#include "crypto/openssl.h"

namespace applink::crypto {

/// One of the key's numbers by OpenSSL's name for it; null where the key has none of that name.
OwnedBignum rsa_number(const EVP_PKEY* key, const char* name);

/// The size is one that applink loads.
Result<void> check_size(const EVP_PKEY* key);

/// What RFC 8017 section 3.1 says of n and e alone: another e makes verifying mean nothing, or
/// takes minutes.
Result<void> check_public_numbers(const EVP_PKEY* key);

/// The same, and the equations of its section 3.2 between n, e, d, p, q and the CRT values:
/// microseconds, so that every load can afford them. That p and q are primes is asked by
/// `check_primes`.
Result<void> check_private_numbers(const EVP_PKEY* key);

/// Tens of milliseconds: for a key that comes from elsewhere for the first time.
Result<void> check_primes(EVP_PKEY* key);

}  // namespace applink::crypto
