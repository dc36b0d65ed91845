// The forms in which RSA keys are written to files, and the reading of what others wrote.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/crypto/rsa_key.h"

namespace applink::crypto {

/// "BEGIN RSA PRIVATE KEY" (RFC 8017 appendix A.1.2).
Secret to_pkcs1_pem(const RsaPrivateKey& key);
/// "BEGIN PRIVATE KEY" (RFC 5208), and the same without the armour.
Secret to_pkcs8_pem(const RsaPrivateKey& key);
Secret to_pkcs8_der(const RsaPrivateKey& key);

/// "BEGIN PUBLIC KEY" (SubjectPublicKeyInfo, RFC 5280 section 4.1), and the same without the
/// armour.
std::string to_spki_pem(const RsaPublicKey& key);
std::string to_spki_der(const RsaPublicKey& key);

/// Reads an unencrypted PKCS#1 or PKCS#8 PEM of 1024 to 16384 bits. Text before the first BEGIN
/// line and CRLF are fine. Whatever else the file turns out to be – encrypted, cut off, public, a
/// certificate, of another algorithm, mislabelled – is named in the error, with what to type; a key
/// whose numbers do not belong together is refused. No error holds a byte of the key.
Result<RsaPrivateKey> private_key_from_pem(const Secret& pem);
Result<RsaPrivateKey> private_key_from_pkcs8_der(const Secret& der);

/// Reads what Jira's form takes: a SubjectPublicKeyInfo PEM, its bare base64, or an X.509
/// certificate PEM.
Result<RsaPublicKey> public_key_from_pem(std::string_view pem);

}  // namespace applink::crypto
