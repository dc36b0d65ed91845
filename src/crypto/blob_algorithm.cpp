// Each form names its algorithm in its own place.
#include "crypto/blob_algorithm.h"

#include "crypto/jwk_read.h"
#include "crypto/key_recognition.h"
#include "crypto/openssh_read.h"
#include "crypto/openssl.h"
#include "crypto/ssh_wire.h"

namespace applink::crypto {
namespace {

std::string named(const ASN1_OBJECT* algorithm) {
  return algorithm == nullptr ? std::string()
                              : std::string(algorithm_name(::OBJ_obj2nid(algorithm)));
}

std::string of_spki(const X509_PUBKEY* key) {
  ASN1_OBJECT* algorithm = nullptr;
  if (key != nullptr) ::X509_PUBKEY_get0_param(&algorithm, nullptr, nullptr, nullptr, key);
  return named(algorithm);
}

std::string of_pkcs8(std::string_view der) {
  const unsigned char* at = as_bytes(der);
  const OwnedPkcs8 info(::d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size())));
  const ASN1_OBJECT* algorithm = nullptr;
  if (info) ::PKCS8_pkey_get0(&algorithm, nullptr, nullptr, nullptr, info.get());
  return named(algorithm);
}

const X509_PUBKEY* itself(const X509_PUBKEY* key) {
  return key;
}

template <auto Read, auto Free, auto KeyOf>
std::string of_signed(std::string_view der) {
  const unsigned char* at = as_bytes(der);
  const auto parsed = Read(nullptr, &at, static_cast<long>(der.size()));
  if (parsed == nullptr) return {};
  std::string name = of_spki(KeyOf(parsed));
  Free(parsed);
  return name;
}

std::string of_ssh(std::string_view name) {
  if (name == "ssh-rsa") return "RSA";
  if (name == "ssh-dss") return "DSA";
  if (name == "ssh-ed25519") return "Ed25519";
  return name.starts_with("ecdsa-") ? "EC" : std::string();
}

std::string of_label(std::string_view label) {
  if (label == "RSA PRIVATE KEY") return "RSA";
  if (label == "EC PRIVATE KEY") return "EC";
  return label == "DSA PRIVATE KEY" ? "DSA" : std::string();
}

std::string of_bytes(const Blob& blob) {
  const std::string_view bytes = blob.bytes.reveal();
  switch (blob.kind) {
    case BlobKind::pkcs1_private_key:
    case BlobKind::pkcs1_public_key:
      return "RSA";
    case BlobKind::ec_private_key:
      return "EC";
    case BlobKind::dsa_private_key:
      return "DSA";
    case BlobKind::traditionally_encrypted:
      return of_label(blob.label);
    case BlobKind::pkcs8_private_key:
      return of_pkcs8(bytes);
    case BlobKind::subject_public_key_info:
      return of_signed<::d2i_X509_PUBKEY, ::X509_PUBKEY_free, itself>(bytes);
    case BlobKind::certificate:
      return of_signed<::d2i_X509, ::X509_free, ::X509_get_X509_PUBKEY>(bytes);
    case BlobKind::certificate_request:
      return of_signed<::d2i_X509_REQ, ::X509_REQ_free, ::X509_REQ_get_X509_PUBKEY>(bytes);
    case BlobKind::openssh_private_key: {
      const auto outline = openssh_outline(bytes);
      return outline ? of_ssh(outline->algorithm) : std::string();
    }
    case BlobKind::ssh_public_key:
      return of_ssh(ssh_algorithm(bytes).value_or(""));
    case BlobKind::jwk:
      return jwk_outline(bytes).algorithm;
    default:
      return {};
  }
}

}  // namespace

std::string algorithm_of(const Blob& blob) {
  std::string name = of_bytes(blob);
  drained_errors();
  return name;
}

}  // namespace applink::crypto
