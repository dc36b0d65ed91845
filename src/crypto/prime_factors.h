// The primes of an RSA key that came without them.
#pragma once

#include <optional>

#include "crypto/openssl.h"

namespace applink::crypto {

struct PrimeFactors {
  OwnedBignum p, q;
};

/// The two factors of n, by what e and d tell of them. Nothing where the three do not belong
/// together, or n has more than 4096 bits: up to seconds of work then. That the factors are primes
/// is not checked.
std::optional<PrimeFactors> prime_factors(const BIGNUM* n, const BIGNUM* e, const BIGNUM* d);

}  // namespace applink::crypto
