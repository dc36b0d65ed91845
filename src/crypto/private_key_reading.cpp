// The door for private keys: which blob is meant, what is within it, which certificate goes with
// it.
#include <algorithm>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/crypto/key_reading.h"
#include "crypto/certificate_parts.h"
#include "crypto/decryption.h"
#include "crypto/der.h"
#include "crypto/encrypted_pem.h"
#include "crypto/jwk_read.h"
#include "crypto/key_content.h"
#include "crypto/key_handle.h"
#include "crypto/key_recognition.h"
#include "crypto/openssh_read.h"
#include "crypto/pkcs12_read.h"
#include "crypto/sound_key.h"

namespace applink::crypto {
namespace {

tl::unexpected<Error> several(std::size_t count) {
  return fail(ErrorCode::failed, fmt::format("the file holds {} private keys", count),
              "copy the one that is meant into a file of its own");
}

bool is_meant_as_private(const Blob& blob) {
  if (is_private(blob)) return true;
  const bool no_other_kind = blob.kind == BlobKind::unknown || blob.kind == BlobKind::cut_off ||
                             blob.kind == BlobKind::too_long;
  return no_other_kind && blob.label.ends_with("PRIVATE KEY");
}

// A file made by `openssl pkcs12 -nodes` or by hand may hold certificates before the key: the
// private key is meant, and where there is none, the first blob says what the file is.
Result<const Blob*> meant_private_key(const KeyContent& content, std::string_view file) {
  const auto& blobs = content.blobs;
  if (blobs.empty()) return tl::unexpected(no_key(file, content, WantedKey::private_key));
  const auto count = std::count_if(blobs.begin(), blobs.end(), is_meant_as_private);
  if (count > 1) return several(static_cast<std::size_t>(count));
  if (count == 0) return &blobs.front();
  return &*std::find_if(blobs.begin(), blobs.end(), is_meant_as_private);
}

Result<PrivateKeyFile> without_certificate(Result<RsaPrivateKey> key) {
  if (!key) return tl::unexpected(std::move(key).error());
  return PrivateKeyFile{std::move(*key), std::nullopt, {}};
}

Result<RsaPrivateKey> key_from_encrypted_pkcs8(std::string_view der, const AskPassphrase& ask) {
  const unsigned char* at = as_bytes(der);
  const OwnedSealedPkcs8 sealed(::d2i_X509_SIG(nullptr, &at, static_cast<long>(der.size())));
  if (!sealed) {
    drained_errors();
    return tl::unexpected(not_a_private_key(BlobKind::unknown));
  }
  TRY_ASSIGN(const Secret passphrase, asked(ask));
  Work work;
  TRY_ASSIGN(const auto info, decrypted_pkcs8(*sealed, given(passphrase.reveal()), work));
  return key_from_pkcs8(*info);
}

// What comes out under a wrong passphrase is noise, which is no DER at all.
Result<RsaPrivateKey> key_from_encrypted_pem(const Blob& blob, const AskPassphrase& ask) {
  TRY_ASSIGN(const Secret der, decrypted_pem(blob, ask));
  switch (kind_of_der(der.reveal())) {
    case BlobKind::pkcs1_private_key:
      return key_from_pkcs1(der.reveal());
    case BlobKind::pkcs8_private_key:
      return key_from_pkcs8(der.reveal());
    case BlobKind::unknown:
    case BlobKind::cut_off:
    case BlobKind::too_long:
      return wrong_passphrase();
    default:
      return tl::unexpected(not_a_private_key(kind_of_der(der.reveal())));
  }
}

// The certificate of this key among others, which may be those of its issuers.
void choose_certificate(PrivateKeyFile& file, const std::vector<OwnedCertificate>& certificates) {
  for (const auto& certificate : certificates) {
    if (::X509_check_private_key(certificate.get(), file.key.handle().pkey.get()) == 1) {
      file.certificate_pem = certificate_pem(certificate.get());
      break;
    }
    drained_errors();
  }
  if (certificates.empty() || (certificates.size() == 1 && file.certificate_pem)) return;
  file.repairs.emplace_back(file.certificate_pem
                                ? "certificates of other keys were left out"
                                : "the certificate in the file belongs to another key and was left "
                                  "out");
}

Error no_key_in(const Pkcs12Content& content) {
  if (content.remarks.empty()) {
    return {ErrorCode::failed, "the PKCS#12 file holds no private key",
            "export it again, with its private key"};
  }
  return {ErrorCode::failed, "the PKCS#12 file holds no private key that can be read",
          "take it out where its encryption is known: openssl pkcs12 -legacy -nodes -in FILE -out "
          "private_key.pem"};
}

Error several_in(const Pkcs12Content& content) {
  std::string names;
  for (const Pkcs12Key& key : content.keys) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ",
                         key.name.empty() ? "one without a name" : terminal_safe(key.name));
  }
  return {ErrorCode::failed,
          fmt::format("the PKCS#12 file holds {} private keys: {}", content.keys.size(), names),
          "take the one that is meant out of it: keytool -importkeystore -srckeystore FILE "
          "-srcalias NAME -destkeystore key.p12"};
}

Result<PrivateKeyFile> read_pkcs12_file(std::string_view der, const AskPassphrase& ask) {
  TRY_ASSIGN(Pkcs12Content content, read_pkcs12(der, ask));
  if (content.keys.empty()) return tl::unexpected(no_key_in(content));
  if (content.keys.size() > 1) return tl::unexpected(several_in(content));
  TRY_ASSIGN(PrivateKeyFile file, without_certificate(key_from_pkcs8(*content.keys.front().info)));
  file.repairs = std::move(content.remarks);
  choose_certificate(file, content.certificates);
  return file;
}

Result<PrivateKeyFile> read_blob(const Blob& blob, const AskPassphrase& ask) {
  if (blob.error) return tl::unexpected(*blob.error);
  const std::string_view bytes = blob.bytes.reveal();
  switch (blob.kind) {
    case BlobKind::pkcs1_private_key:
      return without_certificate(key_from_pkcs1(bytes));
    case BlobKind::pkcs8_private_key:
      return without_certificate(key_from_pkcs8(bytes));
    case BlobKind::pkcs8_encrypted_private_key:
      return without_certificate(key_from_encrypted_pkcs8(bytes, ask));
    case BlobKind::traditionally_encrypted:
      return without_certificate(key_from_encrypted_pem(blob, ask));
    case BlobKind::openssh_private_key:
      return without_certificate(key_from_openssh(bytes));
    case BlobKind::jwk:
      return without_certificate(private_key_from_jwk(bytes));
    case BlobKind::pkcs12:
      return read_pkcs12_file(bytes, ask);
    default:
      return tl::unexpected(not_a_private_key(blob));
  }
}

std::vector<OwnedCertificate> certificates_beside(const KeyContent& content) {
  std::vector<OwnedCertificate> certificates;
  for (const Blob& blob : content.blobs) {
    if (blob.kind != BlobKind::certificate) continue;
    const unsigned char* at = as_bytes(blob.bytes.reveal());
    OwnedCertificate read(::d2i_X509(nullptr, &at, static_cast<long>(blob.bytes.size())));
    if (read) certificates.push_back(std::move(read));
    drained_errors();
  }
  return certificates;
}

}  // namespace

Result<PrivateKeyFile> read_private_key(const Secret& bytes, const AskPassphrase& ask) {
  KeyContent content = key_content(bytes.reveal());
  TRY_ASSIGN(const Blob* blob, meant_private_key(content, bytes.reveal()));
  TRY_ASSIGN(PrivateKeyFile file, read_blob(*blob, ask));
  if (blob->kind != BlobKind::pkcs12) choose_certificate(file, certificates_beside(content));
  std::vector<std::string> repairs = std::move(content.repairs);
  if (const auto wrong = wrong_label(*blob)) repairs.push_back(*wrong);
  repairs.insert(repairs.end(), file.repairs.begin(), file.repairs.end());
  file.repairs = std::move(repairs);
  return file;
}

}  // namespace applink::crypto
