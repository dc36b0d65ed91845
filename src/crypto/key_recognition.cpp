// The catalogue of what people hand over instead of a key.
#include "crypto/key_recognition.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <openssl/objects.h>

#include "applink/base/text.h"
#include "crypto/foreign_file.h"

namespace applink::crypto {
namespace {

constexpr std::string_view new_pair =
    "Jira's application links work with RSA keys: make a pair with applink key create";
constexpr std::string_view give_private =
    "give the file that begins with -----BEGIN PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----";
constexpr std::string_view give_public =
    "give the file that begins with -----BEGIN PUBLIC KEY----- or -----BEGIN CERTIFICATE-----";
constexpr std::string_view copy_again =
    "copy the file again, whole, from its first to its last byte";
constexpr std::string_view fetch_file =
    "a web page was saved in place of the key; fetch the file itself";
constexpr std::string_view from_java =
    "convert it: keytool -importkeystore -srckeystore FILE -destkeystore key.p12 -deststoretype "
    "PKCS12";

Error answer(std::string_view what, std::string_view hint) {
  return {ErrorCode::failed, std::string(what), std::string(hint)};
}

std::string_view advice_on(ForeignFile file, WantedKey wanted) {
  switch (file) {
    case ForeignFile::web_page:
      return fetch_file;
    case ForeignFile::java_keystore:
      return from_java;
    default:
      return wanted == WantedKey::private_key ? give_private : give_public;
  }
}

// What nobody takes for either half of a key.
std::optional<Error> of_another_kind(BlobKind kind) {
  switch (kind) {
    case BlobKind::ec_private_key:
      return other_algorithm(NID_X9_62_id_ecPublicKey);
    case BlobKind::dsa_private_key:
      return other_algorithm(NID_dsa);
    case BlobKind::pkcs7:
      return answer("the file holds certificates alone (PKCS#7)",
                    "give the key itself, or export it as PKCS#12 from where it was made");
    case BlobKind::cut_off:
      return answer("the key is cut off: the last of its bytes are missing", copy_again);
    case BlobKind::too_long:
      return answer("the key is followed by bytes that are not part of it", copy_again);
    default:
      return std::nullopt;
  }
}

struct Label {
  std::string_view label;
  std::string_view what;
};
// By their labels, where the bytes say nothing.
constexpr std::array other_labels{
    Label{"EC PARAMETERS", "the file holds elliptic-curve parameters, not an RSA key"},
    Label{"DSA PARAMETERS", "the file holds DSA parameters, not an RSA key"},
    Label{"DH PARAMETERS", "the file holds Diffie-Hellman parameters, not an RSA key"},
};

Error by_label(const Blob& blob, std::string_view hint) {
  for (const Label& known : other_labels) {
    if (known.label == blob.label) return answer(known.what, new_pair);
  }
  if (blob.label.empty() || blob.label.ends_with("KEY") || blob.label.ends_with("CERTIFICATE")) {
    return answer("the file holds no key that can be read: it is damaged or something else",
                  copy_again);
  }
  return {ErrorCode::failed,
          fmt::format("the PEM holds \"{}\", not a key", terminal_safe(blob.label)),
          std::string(hint)};
}

struct Algorithm {
  int nid;
  std::string_view name;
  std::string_view described;
};
constexpr std::array algorithms{
    Algorithm{NID_rsassaPss, "RSA-PSS", "an RSA-PSS key, which cannot make RSA-SHA1 signatures"},
    Algorithm{NID_X9_62_id_ecPublicKey, "EC", "an elliptic-curve key, not an RSA key"},
    Algorithm{NID_ED25519, "Ed25519", "an Ed25519 key, not an RSA key"},
    Algorithm{NID_ED448, "Ed448", "an Ed448 key, not an RSA key"},
    Algorithm{NID_X25519, "X25519", "a key for key agreement, not an RSA key"},
    Algorithm{NID_X448, "X448", "a key for key agreement, not an RSA key"},
    Algorithm{NID_dsa, "DSA", "a DSA key, not an RSA key"},
    Algorithm{NID_dhKeyAgreement, "DH", "a Diffie-Hellman key, not an RSA key"},
};

}  // namespace

std::string_view algorithm_name(int nid) {
  if (nid == NID_rsaEncryption) return "RSA";
  for (const Algorithm& known : algorithms) {
    if (known.nid == nid) return known.name;
  }
  return {};
}

Error no_key(std::string_view file, const KeyContent& content, WantedKey wanted) {
  const ForeignFile foreign = foreign_file(file, content);
  const std::string_view name = wanted == WantedKey::private_key ? "private key" : "public key";
  return {ErrorCode::failed, fmt::format("this is {}, not a {}", described(foreign), name),
          std::string(advice_on(foreign, wanted))};
}

Error not_a_private_key(BlobKind kind) {
  if (const auto other = of_another_kind(kind)) return *other;
  switch (kind) {
    case BlobKind::pkcs1_public_key:
    case BlobKind::subject_public_key_info:
    case BlobKind::ssh_public_key:
      return answer("the file holds a public key, not a private one", give_private);
    case BlobKind::certificate:
      return answer("the file holds a certificate, not a private key", give_private);
    case BlobKind::certificate_request:
      return answer("the file holds a certificate request, not a private key", give_private);
    default:
      return answer("the private key is damaged, or something else than a private key", copy_again);
  }
}

Error not_a_private_key(const Blob& blob) {
  if (blob.kind != BlobKind::unknown) return not_a_private_key(blob.kind);
  return by_label(blob, give_private);
}

Error private_where_public() {
  return answer("the file holds a private key where a public one belongs",
                "a private key stays where it is; import it and export the public one: applink key "
                "import NAME FILE && applink key export NAME --public-pem");
}

Error not_a_public_key(const Blob& blob) {
  if (is_private(blob)) return private_where_public();
  if (const auto other = of_another_kind(blob.kind)) return *other;
  if (blob.kind == BlobKind::certificate_request) {
    return answer("the file holds a certificate request, not a certificate", give_public);
  }
  return by_label(blob, give_public);
}

Error other_algorithm(int nid) {
  const auto* const known = std::find_if(algorithms.begin(), algorithms.end(),
                                         [nid](const Algorithm& a) { return a.nid == nid; });
  const std::string_view described =
      known == algorithms.end() ? "of another algorithm than RSA" : known->described;
  return {ErrorCode::failed, fmt::format("the key is {}", described), std::string(new_pair)};
}

Error other_ssh_algorithm(std::string_view name) {
  if (name == "ssh-ed25519") return other_algorithm(NID_ED25519);
  if (name == "ssh-dss") return other_algorithm(NID_dsa);
  if (name.starts_with("ecdsa-")) return other_algorithm(NID_X9_62_id_ecPublicKey);
  return other_algorithm(NID_undef);
}

Error other_jwk_type(std::string_view kty) {
  if (kty == "EC") return other_algorithm(NID_X9_62_id_ecPublicKey);
  if (kty == "oct") {
    return answer("the JWK is a shared secret, not an RSA key", new_pair);
  }
  return other_algorithm(NID_undef);
}

std::string_view form_name(BlobKind kind) {
  switch (kind) {
    case BlobKind::pkcs1_private_key:
    case BlobKind::pkcs1_public_key:
      return "PKCS#1";
    case BlobKind::pkcs8_private_key:
      return "PKCS#8";
    case BlobKind::pkcs8_encrypted_private_key:
      return "encrypted PKCS#8";
    case BlobKind::traditionally_encrypted:
      return "encrypted PKCS#1";
    case BlobKind::openssh_private_key:
    case BlobKind::ssh_public_key:
      return "OpenSSH";
    case BlobKind::ec_private_key:
      return "SEC 1";
    case BlobKind::dsa_private_key:
      return "traditional DSA";
    case BlobKind::subject_public_key_info:
      return "SPKI";
    case BlobKind::jwk:
      return "JWK";
    case BlobKind::certificate:
      return "X.509";
    case BlobKind::certificate_request:
      return "PKCS#10";
    case BlobKind::pkcs12:
      return "PKCS#12";
    case BlobKind::pkcs7:
      return "PKCS#7";
    case BlobKind::cut_off:
    case BlobKind::too_long:
    case BlobKind::unknown:
      break;
  }
  return {};
}

}  // namespace applink::crypto
