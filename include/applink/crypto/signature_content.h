// What is inside of an RSA signature: which hash of which text its maker signed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/crypto/digest.h"
#include "applink/crypto/rsa_key.h"

namespace applink::crypto {

struct SignatureContent {
  /// Absent where the maker signed another hash, or none at all.
  std::optional<Digest> digest;
  /// The name of the hash: "SHA-1", "MD5"; empty where the bytes are not marked as one.
  std::string algorithm;
  std::string bytes;  ///< the hash; what is there in its place where it is not marked as one
};

/// What the owner of the key signed under the padding of RSASSA-PKCS1-v1_5 (RFC 8017 section 9.2);
/// absent where another key made the signature. For diagnosis: RsaPublicKey::verify() decides.
std::optional<SignatureContent> signature_content(const RsaPublicKey& key,
                                                  std::string_view signature);

}  // namespace applink::crypto
