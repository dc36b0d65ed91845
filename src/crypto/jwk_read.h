// RSA keys out of JSON Web Keys (RFC 7517, RFC 7518 section 6.3).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "applink/crypto/rsa_key.h"

namespace applink::crypto {

enum class JwkKind { private_key, public_key, secret, unknown };

struct JwkOutline {
  JwkKind kind = JwkKind::unknown;
  std::string algorithm;  ///< "RSA", "EC", "OKP", "oct": its "kty"
};
JwkOutline jwk_outline(std::string_view json);

/// What other programs may not read of its numbers, sentences for the user: they should be
/// base64url without padding, of as few bytes as they can be (RFC 7518 section 2).
std::vector<std::string> jwk_remarks(std::string_view json);

Result<RsaPrivateKey> private_key_from_jwk(std::string_view json);
Result<RsaPublicKey> public_key_from_jwk(std::string_view json);

}  // namespace applink::crypto
