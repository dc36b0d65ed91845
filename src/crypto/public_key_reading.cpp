// The door for public keys.
#include <algorithm>

#include "applink/crypto/certificate.h"
#include "applink/crypto/key_reading.h"
#include "crypto/certificate_parts.h"
#include "crypto/jwk_read.h"
#include "crypto/key_content.h"
#include "crypto/key_decoder.h"
#include "crypto/key_handle.h"
#include "crypto/key_recognition.h"
#include "crypto/openssh_read.h"
#include "crypto/sound_key.h"

namespace applink::crypto {
namespace {

bool is_public(BlobKind kind) {
  switch (kind) {
    case BlobKind::pkcs1_public_key:
    case BlobKind::subject_public_key_info:
    case BlobKind::ssh_public_key:
    case BlobKind::certificate:
    case BlobKind::jwk:
      return true;
    default:
      return false;
  }
}

Result<PublicKeyFile> alone(Result<RsaPublicKey> key) {
  if (!key) return tl::unexpected(std::move(key).error());
  return PublicKeyFile{std::move(*key), std::nullopt, {}};
}

Result<RsaPublicKey> key_from_spki(std::string_view der) {
  TRY_ASSIGN(auto key, decode_spki(der));
  return make_public_key(std::move(key));
}

Result<PublicKeyFile> read_certificate(std::string_view der) {
  TRY_ASSIGN(const auto certificate, Certificate::from_der(der));
  TRY_ASSIGN(PublicKeyFile file, alone(certificate.public_key()));
  file.certificate_pem = certificate.to_pem();
  return file;
}

Result<PublicKeyFile> read_blob(const Blob& blob) {
  if (blob.error) return tl::unexpected(*blob.error);
  const std::string_view bytes = blob.bytes.reveal();
  switch (blob.kind) {
    case BlobKind::subject_public_key_info:
      return alone(key_from_spki(bytes));
    case BlobKind::pkcs1_public_key:
      return alone(key_from_pkcs1_public(bytes));
    case BlobKind::ssh_public_key:
      return alone(key_from_ssh_blob(bytes));
    case BlobKind::jwk:
      return alone(public_key_from_jwk(bytes));
    case BlobKind::certificate:
      return read_certificate(bytes);
    default:
      return tl::unexpected(not_a_public_key(blob));
  }
}

// Of a chain of certificates the first is meant: those of the issuers follow it.
Result<const Blob*> meant_public_key(const KeyContent& content, std::string_view file) {
  const auto& blobs = content.blobs;
  if (blobs.empty()) return tl::unexpected(no_key(file, content, WantedKey::public_key));
  const auto secret = std::find_if(blobs.begin(), blobs.end(), is_private);
  if (secret != blobs.end()) return &*secret;
  const auto found = std::find_if(blobs.begin(), blobs.end(),
                                  [](const Blob& blob) { return is_public(blob.kind); });
  return found == blobs.end() ? &blobs.front() : &*found;
}

}  // namespace

Result<PublicKeyFile> read_public_key(std::string_view bytes) {
  KeyContent content = key_content(bytes);
  TRY_ASSIGN(const Blob* blob, meant_public_key(content, bytes));
  TRY_ASSIGN(PublicKeyFile file, read_blob(*blob));
  file.repairs = std::move(content.repairs);
  if (const auto wrong = wrong_label(*blob)) file.repairs.push_back(*wrong);
  if (content.blobs.size() > 1)
    file.repairs.emplace_back("what follows the first key was left out");
  return file;
}

}  // namespace applink::crypto
