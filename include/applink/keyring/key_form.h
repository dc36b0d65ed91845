// The forms in which a key pair leaves: what other programs call its "formats".
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/crypto/key_formats.h"
#include "applink/store/key_pair.h"

namespace applink::keyring {

enum class KeyForm {
  spki_pem,             ///< the public key, for Jira's form and its REST interface (RFC 5280)
  spki_base64,          ///< the same on one line, without its BEGIN and END
  spki_der,             ///< the same in binary
  public_jwk,           ///< the public key as JSON (RFC 7517)
  certificate_pem,      ///< the public key in an X.509 certificate, for Jira's form (RFC 5280)
  certificate_der,      ///< the same in binary
  pkcs1_pem,            ///< the private key as most scripting languages read it (RFC 8017)
  pkcs1_der,            ///< the same in binary
  pkcs8_pem,            ///< the private key as Java reads it (RFC 5958)
  pkcs8_base64,         ///< the same on one line, without its BEGIN and END
  pkcs8_der,            ///< the same in binary
  private_jwk,          ///< the private key as JSON (RFC 7517)
  encrypted_pkcs8_pem,  ///< the private key under a passphrase (RFC 5958, RFC 8018)
  encrypted_pkcs8_der,  ///< the same in binary
  pkcs12,               ///< private key and certificate under a passphrase (RFC 7292)
};

/// Those of the customary files.
inline constexpr std::array customary_forms{KeyForm::pkcs1_pem, KeyForm::pkcs8_pem,
                                            KeyForm::spki_pem, KeyForm::certificate_pem};

/// Whether the private key is in it, under a passphrase or not.
bool is_private(KeyForm form);
bool is_encrypted(KeyForm form);
/// Whether it is no text.
bool is_binary(KeyForm form);
bool is_jwk(KeyForm form);

/// What some forms want beside the key pair.
struct KeyFormDetails {
  Secret passphrase;                      ///< of those that are encrypted
  crypto::Kdf kdf = crypto::Kdf::pbkdf2;  ///< of encrypted PKCS#8
  std::optional<std::string> alias;       ///< of PKCS#12; the name of the key where none is given
  std::optional<std::string> kid;  ///< of JWK; the thumbprint of RFC 7638 where none is given
};

/// The bytes of a file of this form. One-line forms have no line end. ErrorCode::usage for a
/// passphrase or an alias that cannot be.
Result<Secret> key_content(const store::KeyPair& pair, KeyForm form,
                           const KeyFormDetails& details = {});

}  // namespace applink::keyring
