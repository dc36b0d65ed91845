// From OpenSSL's keys to ours: only what was found sound passes.
#pragma once

#include <string_view>

#include "applink/base/result.h"
#include "applink/crypto/rsa_key.h"
#include "crypto/openssl.h"

namespace applink::crypto {

/// Refuses null, other sizes than those that are used, and numbers that do not belong together.
Result<RsaPrivateKey> sound_private_key(OwnedPkey key);
Result<RsaPublicKey> sound_public_key(OwnedPkey key);

/// The key in RSAPrivateKey (RFC 8017).
Result<RsaPrivateKey> key_from_pkcs1(std::string_view der);
/// The key in PrivateKeyInfo (RFC 5958).
Result<RsaPrivateKey> key_from_pkcs8(std::string_view der);
Result<RsaPrivateKey> key_from_pkcs8(const PKCS8_PRIV_KEY_INFO& info);
/// The key in RSAPublicKey (RFC 8017).
Result<RsaPublicKey> key_from_pkcs1_public(std::string_view der);

}  // namespace applink::crypto
