// RSA keys as JSON Web Keys (RFC 7517, RFC 7518 section 6.3). Reading is in key_reading.h.
#pragma once

#include <optional>
#include <string>

#include "applink/base/secret.h"
#include "applink/crypto/rsa_key.h"

namespace applink::crypto {

/// One JSON object on one line, without a line end. `kid` is the thumbprint where none is given;
/// otherwise any UTF-8.
Secret to_private_jwk(const RsaPrivateKey& key, const std::optional<std::string>& kid = {});
std::string to_public_jwk(const RsaPublicKey& key, const std::optional<std::string>& kid = {});

/// RFC 7638: the base64url of a SHA-256, 43 letters.
std::string jwk_thumbprint(const RsaPublicKey& key);

}  // namespace applink::crypto
