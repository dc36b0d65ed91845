// What any file is that somebody takes for a key, and what can be done with it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/clock.h"
#include "applink/crypto/key_reading.h"
#include "applink/crypto/rsa_key.h"

namespace applink::crypto {

enum class KeyFileKind {
  private_key,            ///< of whatever algorithm
  encrypted_private_key,  ///< that was not opened
  public_key,
  certificate,
  certificate_request,
  pkcs12,         ///< that was not opened
  java_keystore,  ///< JKS or JCEKS
  known_hosts,
  web_page,
  json,  ///< that is no JWK
  empty,
  broken,   ///< a key file that is cut off or damaged
  unknown,  ///< anything else, text or binary
};
/// "private key", "web page": in words.
std::string_view to_string(KeyFileKind kind);

/// Names of one RSA key. `spki_*` are the SHA-256 of SubjectPublicKeyInfo's DER, as
/// RsaPublicKey::spki_fingerprint(); `ssh` is that of RFC 4253's blob, as `ssh-keygen -l` prints
/// it.
struct KeyFingerprints {
  std::string spki_hex;     ///< 64 digits, lower case
  std::string spki_base64;  ///< 44 letters, as HTTP's key pins had it
  std::string ssh;          ///< "SHA256:" and 43 letters
};
KeyFingerprints fingerprints_of(const RsaPublicKey& key);

struct CertificateFacts {
  std::string subject;  ///< RFC 4514. Foreign text: not yet safe for a terminal
  Timestamp not_before;
  Timestamp not_after;
};

/// Whether one of Jira's doors takes the file as it is, byte for byte.
struct DoorVerdict {
  bool takes = false;
  std::string why_not;  ///< empty where it takes it
};

struct KeyFileReport {
  KeyFileKind kind = KeyFileKind::unknown;
  std::string form;       ///< "PKCS#8 PEM", "X.509 DER", "JWK"; empty where the kind says it all
  std::string algorithm;  ///< "RSA", "EC", "DSA", "Ed25519"…; empty where there is none
  /// One line for the user: "an RSA private key of 2048 bits (PKCS#8 PEM)". Safe for a terminal.
  std::string description;
  std::optional<RsaPublicKey> key;  ///< for RSA keys: bits(), exponent(), is_pair()
  std::optional<KeyFingerprints> fingerprints;
  std::optional<CertificateFacts> certificate;  ///< of a certificate, or of the one beside the key
  DoorVerdict admin_form;                       ///< Administration > Application links
  DoorVerdict rest;                             ///< the REST interface of application links
  std::vector<std::string> repairs;             ///< what applink would repair, as in PrivateKeyFile
  std::vector<std::string> warnings;  ///< small, weak exponent, ROCA, expired…; a sentence each
  std::string advice;                 ///< what to do next; empty where nothing is to be done
};

/// Says what `bytes` are. Never fails, whatever they are. Where they are encrypted, `ask` is asked
/// once; where it is empty or does not open them, the report says that they are encrypted. `now`
/// tells which certificates have expired.
KeyFileReport inspect_key_file(std::string_view bytes, Timestamp now,
                               const AskPassphrase& ask = {});

/// What is weak about the key, a sentence each: under 2048 bits, a public exponent under 65537 or
/// over 64 bits, the fingerprint of ROCA (CVE-2017-15361: made by a faulty Infineon chip).
std::vector<std::string> weaknesses_of(const RsaPublicKey& key);

}  // namespace applink::crypto
