// The forms in which RSA keys are written to files. Reading is in key_reading.h.
#pragma once

#include <string>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/crypto/rsa_key.h"

namespace applink::crypto {

/// RSAPrivateKey (RFC 8017 appendix A.1.2): PEM "BEGIN RSA PRIVATE KEY", or its DER.
Secret to_pkcs1_pem(const RsaPrivateKey& key);
Secret to_pkcs1_der(const RsaPrivateKey& key);

/// PrivateKeyInfo (RFC 5958, version 0): PEM "BEGIN PRIVATE KEY", its DER, or the base64 of its DER
/// on one line without armour or line end, as Java programs and Jenkins take it.
Secret to_pkcs8_pem(const RsaPrivateKey& key);
Secret to_pkcs8_der(const RsaPrivateKey& key);
Secret to_pkcs8_base64(const RsaPrivateKey& key);

/// How a passphrase becomes a key.
enum class Kdf {
  pbkdf2,  ///< PBKDF2 with HMAC-SHA-256, 600000 iterations: what every program reads
  scrypt,  ///< RFC 7914 with N = 16384, r = 8, p = 5, the most that OpenSSL reads unasked (32 MiB)
};

/// EncryptedPrivateKeyInfo (RFC 5958 section 3): PBES2 (RFC 8018) with AES-256 in CBC. Takes a few
/// tenths of a second. ErrorCode::usage for a passphrase that is empty, longer than 1024 bytes (the
/// openssl command reads no more) or holds a NUL byte.
Result<Secret> to_encrypted_pkcs8_pem(const RsaPrivateKey& key, const Secret& passphrase, Kdf kdf);
Result<Secret> to_encrypted_pkcs8_der(const RsaPrivateKey& key, const Secret& passphrase, Kdf kdf);

/// SubjectPublicKeyInfo (RFC 5280 section 4.1): PEM "BEGIN PUBLIC KEY", its DER, or the base64 of
/// its DER on one line without armour or line end.
std::string to_spki_pem(const RsaPublicKey& key);
std::string to_spki_der(const RsaPublicKey& key);
std::string to_spki_base64(const RsaPublicKey& key);

}  // namespace applink::crypto
