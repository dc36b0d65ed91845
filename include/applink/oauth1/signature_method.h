// The signature methods: RFC 5849 section 3.4, and those of its kin with SHA-2.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "applink/base/result.h"
#include "applink/crypto/digest.h"

namespace applink::oauth1 {

enum class SignatureMethod {
  rsa_sha1,
  rsa_sha256,
  rsa_sha512,
  hmac_sha1,
  hmac_sha256,
  hmac_sha512,
  plaintext
};

inline constexpr std::array signature_methods = {
    SignatureMethod::rsa_sha1,  SignatureMethod::rsa_sha256,  SignatureMethod::rsa_sha512,
    SignatureMethod::hmac_sha1, SignatureMethod::hmac_sha256, SignatureMethod::hmac_sha512,
    SignatureMethod::plaintext,
};

/// The value of `oauth_signature_method`: "RSA-SHA1".
std::string_view to_string(SignatureMethod method);
/// Exactly these words, in capitals.
Result<SignatureMethod> signature_method_named(std::string_view name);

/// Whether the client proves itself with a private key; with the others it shares secrets.
bool is_rsa(SignatureMethod method);
/// The hash that the method works with; PLAINTEXT has none.
std::optional<crypto::Digest> digest_of(SignatureMethod method);

}  // namespace applink::oauth1
