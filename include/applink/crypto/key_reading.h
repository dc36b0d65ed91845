// One door for key files that others made, in whatever form and state they come.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/crypto/rsa_key.h"

namespace applink::crypto {

struct PrivateKeyFile {
  RsaPrivateKey key;
  std::optional<std::string> certificate_pem;  ///< the one in the file that belongs to the key
  /// What had to be repaired or left out, one sentence for the user each: "the BEGIN line said RSA
  /// PRIVATE KEY, but the key is in the form PKCS#8". Empty for a file in order.
  std::vector<std::string> repairs;
};

/// Asked once, and only where the file is encrypted.
using AskPassphrase = std::function<Result<Secret>()>;

/// Reads an RSA private key of 1024 to 16384 bits, in any of these forms: PKCS#1 (RFC 8017) and
/// PKCS#8 (RFC 5958) as PEM (RFC 7468), DER or bare base64; encrypted PKCS#8; PEM encrypted in the
/// traditional way (RFC 1421, Proc-Type 4,ENCRYPTED); PKCS#12 (RFC 7292); a private JWK or a set of
/// one (RFC 7517); OpenSSH's own form, unencrypted. Repairs what editors, mails, variables and JSON
/// do to such files: a wrong label, literal \n, missing line breaks or header lines, text before
/// and after, quotes, indentation, a byte order mark, UTF-16, base64 around the whole.
///
/// The numbers of the key were found to belong together; that its primes are primes is
/// RsaPrivateKey::check(). ErrorCode::locked where the passphrase is wrong, or one is needed and
/// `ask` is empty; what `ask` fails with, as it is; ErrorCode::failed for every other refusal,
/// which names what the file is instead. No error or repair holds a byte of the key.
Result<PrivateKeyFile> read_private_key(const Secret& bytes, const AskPassphrase& ask = {});

/// The narrow door: exactly one PrivateKeyInfo of RSA as DER, as to_pkcs8_der() writes it and the
/// store keeps it.
Result<RsaPrivateKey> private_key_from_pkcs8_der(const Secret& der);

struct PublicKeyFile {
  RsaPublicKey key;
  std::optional<std::string> certificate_pem;  ///< where the key came in a certificate
  std::vector<std::string> repairs;            ///< as in PrivateKeyFile
};

/// Reads an RSA public key of 1024 to 16384 bits, with an exponent as RFC 8017 section 3.1 has it:
/// SubjectPublicKeyInfo (RFC 5280) or PKCS#1 (RFC 8017) as PEM, DER or bare base64; an X.509
/// certificate as PEM, DER or bare base64; a public JWK or a set of one; a line "ssh-rsa AAAA…"
/// (RFC 4253) or "BEGIN SSH2 PUBLIC KEY" (RFC 4716). Repairs as read_private_key() does. A private
/// key is refused, also beside a public one: it has no business here.
Result<PublicKeyFile> read_public_key(std::string_view bytes);

}  // namespace applink::crypto
