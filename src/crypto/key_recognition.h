// What a file is that should have been a key: named, with what to type about it.
#pragma once

#include <string_view>

#include "applink/base/error.h"
#include "crypto/der.h"

namespace applink::crypto {

/// For text without any PEM block. `wanted` is "private key" or "public key".
Error not_pem(std::string_view text, std::string_view wanted);

/// For a PEM block whose label is not that of an unencrypted RSA private key.
Error label_is_no_private_key(std::string_view label);
/// For a PEM block whose label is not that of a public key that Jira takes.
Error label_is_no_public_key(std::string_view label);

/// For a block labelled as a private key, "PRIVATE KEY" or "RSA PRIVATE KEY", that holds something
/// else.
Error content_is_no_private_key(std::string_view label, DerKind content);

/// For an "RSA PRIVATE KEY" encrypted in OpenSSL's traditional way (Proc-Type: 4,ENCRYPTED).
Error traditionally_encrypted();

/// For a key whose algorithm, by OpenSSL's number for it, is not rsaEncryption.
Error other_algorithm(int nid);

}  // namespace applink::crypto
