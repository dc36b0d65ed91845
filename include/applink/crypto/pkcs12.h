// A private key and its certificate in one encrypted file. Reading is in key_reading.h.
#pragma once

#include <string_view>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/crypto/certificate.h"
#include "applink/crypto/rsa_key.h"

namespace applink::crypto {

/// The DER of a PFX (RFC 7292): key and certificate encrypted by PBES2 with AES-256 in CBC and
/// PBKDF2-HMAC-SHA-256, the whole under an HMAC-SHA-256. OpenSSL, Java from 8u301 on and Windows
/// from Server 2019 on read it. `alias` is the friendlyName (Java makes it lower case when it
/// reads); 1 to 255 bytes of printable UTF-8. Takes about a second. ErrorCode::usage for an alias
/// or a passphrase (see to_encrypted_pkcs8_pem()) that cannot be; ErrorCode::failed for a
/// certificate of another key.
Result<Secret> to_pkcs12(const RsaPrivateKey& key, const Certificate& certificate,
                         const Secret& passphrase, std::string_view alias);

}  // namespace applink::crypto
