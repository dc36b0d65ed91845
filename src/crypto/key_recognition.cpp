// The catalogue of what people hand over instead of a key.
#include "crypto/key_recognition.h"

#include <array>
#include <span>
#include <string>

#include <fmt/format.h>
#include <openssl/objects.h>

#include "applink/base/text.h"

namespace applink::crypto {
namespace {

constexpr std::string_view new_pair =
    "Jira's application links work with RSA keys: make a pair with applink key create";
constexpr std::string_view give_private =
    "give the file that begins with -----BEGIN PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----";
constexpr std::string_view decrypt =
    "decrypt it (this asks for its passphrase): openssl pkey -in FILE -out private_key.pem";
constexpr std::string_view copy_again =
    "copy the file again, whole, from its first to its last byte";
constexpr std::string_view from_openssh =
    "convert a copy of it: cp FILE private_key.pem && ssh-keygen -p -N '' -m PEM -f "
    "private_key.pem";

struct Known {
  std::string_view label;
  std::string_view what;
  std::string_view hint;
};

constexpr std::array private_labels{
    Known{"ENCRYPTED PRIVATE KEY", "the private key is encrypted (PKCS#8)", decrypt},
    Known{"EC PRIVATE KEY", "the key is an elliptic-curve key, not an RSA key", new_pair},
    Known{"EC PARAMETERS", "the file holds elliptic-curve parameters, not an RSA private key",
          new_pair},
    Known{"DSA PRIVATE KEY", "the key is a DSA key, not an RSA key", new_pair},
    Known{"DSA PARAMETERS", "the file holds DSA parameters, not an RSA private key", new_pair},
    Known{"OPENSSH PRIVATE KEY", "the private key is in OpenSSH's own form", from_openssh},
    Known{"PUBLIC KEY", "the file holds a public key, not a private one", give_private},
    Known{"RSA PUBLIC KEY", "the file holds a public key (PKCS#1), not a private one",
          give_private},
    Known{"CERTIFICATE", "the file holds a certificate, not a private key", give_private},
    Known{"X509 CERTIFICATE", "the file holds a certificate, not a private key", give_private},
    Known{"TRUSTED CERTIFICATE", "the file holds a certificate, not a private key", give_private},
    Known{"CERTIFICATE REQUEST", "the file holds a certificate request, not a private key",
          give_private},
    Known{"NEW CERTIFICATE REQUEST", "the file holds a certificate request, not a private key",
          give_private},
};

constexpr std::string_view give_public =
    "give the file that begins with -----BEGIN PUBLIC KEY----- or -----BEGIN CERTIFICATE-----";
constexpr std::string_view keep_private =
    "a private key stays where it is; make the public one of it: openssl pkey -in FILE -pubout "
    "-out public_key.pem";

constexpr std::array public_labels{
    Known{"RSA PUBLIC KEY", "the public key is in the PKCS#1 form, which Jira does not read",
          "convert it: openssl rsa -RSAPublicKey_in -in FILE -pubout -out public_key.pem"},
    Known{"PRIVATE KEY", "the file holds a private key where a public one belongs", keep_private},
    Known{"RSA PRIVATE KEY", "the file holds a private key where a public one belongs",
          keep_private},
    Known{"ENCRYPTED PRIVATE KEY", "the file holds a private key where a public one belongs",
          keep_private},
    Known{"OPENSSH PRIVATE KEY", "the file holds a private key where a public one belongs",
          give_public},
    Known{"EC PRIVATE KEY", "the file holds an elliptic-curve private key, not an RSA public key",
          new_pair},
    Known{"CERTIFICATE REQUEST", "the file holds a certificate request, not a certificate",
          "take the public key out of it: openssl req -in FILE -noout -pubkey -out "
          "public_key.pem"},
};

Error named(const Known& known) {
  return {ErrorCode::failed, std::string(known.what), std::string(known.hint)};
}

Error by_label(std::span<const Known> table, std::string_view label, std::string_view hint) {
  for (const Known& known : table) {
    if (known.label == label) return named(known);
  }
  return {ErrorCode::failed, fmt::format("the PEM holds \"{}\", not a key", terminal_safe(label)),
          std::string(hint)};
}

Error mislabelled(std::string_view is, std::string_view says, std::string_view sed_program) {
  return {ErrorCode::failed,
          fmt::format("the private key is in the form {}, but its BEGIN line says {}", is, says),
          fmt::format("change its first and last line: sed '{}' FILE > private_key.pem (then chmod "
                      "600 private_key.pem)",
                      sed_program)};
}

std::string_view algorithm_name(int nid) {
  switch (nid) {
    case NID_rsassaPss:
      return "an RSA-PSS key, which cannot make RSA-SHA1 signatures";
    case NID_X9_62_id_ecPublicKey:
      return "an elliptic-curve key, not an RSA key";
    case NID_ED25519:
      return "an Ed25519 key, not an RSA key";
    case NID_ED448:
      return "an Ed448 key, not an RSA key";
    case NID_X25519:
    case NID_X448:
      return "a key for key agreement, not an RSA key";
    case NID_dsa:
      return "a DSA key, not an RSA key";
    case NID_dhKeyAgreement:
      return "a Diffie-Hellman key, not an RSA key";
    default:
      return "of another algorithm than RSA";
  }
}

}  // namespace

Error not_pem(std::string_view text, std::string_view wanted) {
  const auto answer = [wanted](std::string_view what, std::string hint) {
    return Error{ErrorCode::failed, fmt::format("{}, not a {}", what, wanted), std::move(hint)};
  };
  const std::string_view start = trim_ascii(text);
  const bool is_private = wanted == "private key";
  const std::string_view right_file = is_private ? give_private : give_public;
  if (start.empty()) return answer("the file is empty", std::string(right_file));
  if (start.starts_with('<')) {
    return answer("this is HTML or XML",
                  "a web page was saved in place of the key; fetch the file itself");
  }
  if (start.starts_with("ssh-") || start.starts_with("ecdsa-")) {
    return answer("this is an OpenSSH public key",
                  is_private ? std::string(give_private)
                             : "convert it: ssh-keygen -e -m PKCS8 -f FILE > public_key.pem");
  }
  if (is_der(text)) {
    return answer("this is binary DER, not PEM",
                  fmt::format("convert it: openssl pkey -inform DER {}-in FILE -out {}",
                              is_private ? "" : "-pubin ",
                              is_private ? "private_key.pem" : "public_key.pem"));
  }
  return {ErrorCode::failed,
          fmt::format("no line begins with -----BEGIN: this is no PEM and no {}", wanted),
          std::string(right_file)};
}

Error label_is_no_private_key(std::string_view label) {
  return by_label(private_labels, label, give_private);
}

Error label_is_no_public_key(std::string_view label) {
  return by_label(public_labels, label, give_public);
}

Error content_is_no_private_key(std::string_view label, DerKind content) {
  const auto answer = [](std::string_view what, std::string_view hint) {
    return Error{ErrorCode::failed, std::string(what), std::string(hint)};
  };
  switch (content) {
    case DerKind::pkcs1_private_key:
      return mislabelled("PKCS#1", label, "s/ PRIVATE KEY/ RSA PRIVATE KEY/");
    case DerKind::pkcs8_private_key:
      return mislabelled("PKCS#8", label, "s/ RSA PRIVATE KEY/ PRIVATE KEY/");
    case DerKind::pkcs8_encrypted_private_key:
      return mislabelled("encrypted PKCS#8", label,
                         "s/ \\(RSA \\)*PRIVATE KEY/ ENCRYPTED PRIVATE KEY/");
    case DerKind::ec_private_key:
      return answer("the key is an elliptic-curve key, not an RSA key", new_pair);
    case DerKind::dsa_private_key:
      return answer("the key is a DSA key, not an RSA key", new_pair);
    case DerKind::pkcs1_public_key:
    case DerKind::subject_public_key_info:
      return answer("the file holds a public key, although its BEGIN line says it is private",
                    give_private);
    case DerKind::certificate_or_request:
      return answer(
          "the file holds a certificate or a request for one, although its BEGIN line "
          "says it is a private key",
          give_private);
    case DerKind::cut_off:
      return answer("the key is cut off: the last of its bytes are missing", copy_again);
    case DerKind::too_long:
      return answer("the key is followed by bytes that are not part of it", copy_again);
    case DerKind::pkcs12:
    case DerKind::unknown:
      break;
  }
  return answer(
      "the PEM does not hold an RSA private key: its content is damaged or something else",
      copy_again);
}

Error traditionally_encrypted() {
  return {ErrorCode::failed, "the private key is encrypted (PEM, Proc-Type 4,ENCRYPTED)",
          std::string(decrypt)};
}

Error other_algorithm(int nid) {
  return {ErrorCode::failed, fmt::format("the key is {}", algorithm_name(nid)),
          std::string(new_pair)};
}

}  // namespace applink::crypto
