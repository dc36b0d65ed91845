// RSA keys from their numbers, as JSON Web Keys and OpenSSH write them.
#pragma once

#include <string_view>

#include "applink/base/result.h"
#include "crypto/openssl.h"

namespace applink::crypto {

/// Any may be null: the key is refused then, but for the last three, which follow from the others,
/// and for p and q, which follow from n, e and d where both are missing.
struct RsaNumbers {
  OwnedBignum n, e, d, p, q, d_mod_p_1, d_mod_q_1, inverse_of_q;
};

/// An unsigned big-endian number; null where it is longer than any number of a key that is used.
OwnedBignum bignum_of(std::string_view bytes);

/// Not yet checked, but for the sizes that make arithmetic costly; null where a number is missing.
OwnedPkey rsa_private_key(RsaNumbers numbers);
OwnedPkey rsa_public_key(const BIGNUM* n, const BIGNUM* e);

}  // namespace applink::crypto
