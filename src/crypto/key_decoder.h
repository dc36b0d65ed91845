// DER into OpenSSL's keys by the one decoder that fits: naming structure and algorithm makes it
// three times as quick as letting OpenSSL guess.
#pragma once

#include <string_view>

#include "applink/base/result.h"
#include "crypto/openssl.h"

namespace applink::crypto {

enum class KeyStructure { pkcs1_private, pkcs8_private, subject_public_key_info };

/// Null where `der` is not of this structure, or not an RSA key.
OwnedPkey decode_rsa_key(KeyStructure structure, std::string_view der);

/// The public key in `der`, SubjectPublicKeyInfo, of a size that is used.
Result<OwnedPkey> decode_spki(std::string_view der);

}  // namespace applink::crypto
