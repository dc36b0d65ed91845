// PEM encrypted in the traditional way: Proc-Type: 4,ENCRYPTED and DEK-Info (RFC 1421).
#pragma once

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/crypto/key_reading.h"
#include "crypto/key_blob.h"

namespace applink::crypto {

/// The DER within. A wrong passphrase is sometimes taken (one in 256), and the bytes are noise
/// then.
Result<Secret> decrypted_pem(const Blob& blob, const AskPassphrase& ask);

}  // namespace applink::crypto
