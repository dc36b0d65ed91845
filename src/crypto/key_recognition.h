// What a file is that should have been a key: named, with what to type about it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/base/error.h"
#include "crypto/key_blob.h"

namespace applink::crypto {

enum class WantedKey { private_key, public_key };

/// For a file in which nothing of a key was found.
Error no_key(std::string_view file, const KeyContent& content, WantedKey wanted);

/// For a blob that is something else than an RSA private key.
Error not_a_private_key(BlobKind kind);
Error not_a_private_key(const Blob& blob);
/// For a blob that is something else than an RSA public key or a certificate.
Error not_a_public_key(const Blob& blob);
Error private_where_public();

/// For a key of another algorithm than RSA, by OpenSSL's number for it, or by the names that
/// OpenSSH and JSON Web Keys give it.
Error other_algorithm(int nid);
Error other_ssh_algorithm(std::string_view name);
Error other_jwk_type(std::string_view kty);
/// "EC", "Ed25519", "DSA", "RSA-PSS"; empty for one that has no name here.
std::string_view algorithm_name(int nid);

/// "PKCS#8", "X.509": the form of a blob.
std::string_view form_name(BlobKind kind);

/// The sentence about a BEGIN line that says something else than what follows it.
std::optional<std::string> wrong_label(const Blob& blob);

}  // namespace applink::crypto
