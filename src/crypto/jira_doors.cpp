// The reading of Jira's application links, as it is and not as it should be.
#include "crypto/jira_doors.h"

#include <algorithm>

#include "applink/base/encoding.h"
#include "applink/base/secret.h"
#include "applink/crypto/certificate.h"
#include "applink/crypto/key_reading.h"
#include "crypto/key_content.h"
#include "crypto/key_decoder.h"
#include "crypto/key_handle.h"
#include "crypto/key_recognition.h"

namespace applink::crypto {
namespace {

constexpr std::string_view certificate_start = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view mark = "-----";
constexpr std::string_view as_spki =
    "give the public key as SubjectPublicKeyInfo: it begins with -----BEGIN PUBLIC KEY-----";

// The size of a line of armour, -----[A-Z ]*-----, that begins here; 0 where none does.
std::size_t armour_at(std::string_view text) {
  if (!text.starts_with(mark)) return 0;
  const std::size_t end = text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ ", mark.size());
  if (end == std::string_view::npos || !text.substr(end).starts_with(mark)) return 0;
  return end + mark.size();
}

// A browser sends a form's line ends as CRLF, so \r goes with \n. What is asked about may be a
// private key, whatever it is meant for.
Secret base64_letters(std::string_view text) {
  std::string letters;
  letters.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t armour = armour_at(text.substr(i));
    if (armour == 0 && text[i] != '\n' && text[i] != '\r') letters += text[i];
    i += std::max<std::size_t>(armour, 1);
  }
  return Secret::take(std::move(letters));
}

Result<RsaPublicKey> key_from_spki_text(std::string_view text) {
  TRY_ASSIGN(std::string decoded, base64_decode(base64_letters(text).reveal()));
  const Secret der = Secret::take(std::move(decoded));
  TRY_ASSIGN(auto key, decode_spki(der.reveal()));
  return make_public_key(std::move(key));
}

const Blob* first_public(const KeyContent& content) {
  for (const Blob& blob : content.blobs) {
    if (!is_private(blob)) return &blob;
  }
  return nullptr;
}

Error why_not(std::string_view text) {
  if (auto key = read_public_key(text); !key) return std::move(key).error();
  const KeyContent content = key_content(text);
  const Blob* blob = first_public(content);
  if (blob == nullptr) return private_where_public();
  switch (blob->kind) {
    case BlobKind::certificate:
      return {ErrorCode::failed,
              content.container == Container::pem
                  ? "jira knows a certificate only where its first bytes are -----BEGIN "
                    "CERTIFICATE-----, and here something stands before them"
                  : "jira takes a certificate as PEM alone",
              "export the certificate anew, as PEM, or give the public key"};
    case BlobKind::pkcs1_public_key:
      return {ErrorCode::failed, "the public key is in the PKCS#1 form, which jira does not read",
              std::string(as_spki)};
    case BlobKind::ssh_public_key:
      return {ErrorCode::failed, "the public key is in OpenSSH's form, which jira does not read",
              std::string(as_spki)};
    case BlobKind::jwk:
      return {ErrorCode::failed, "the public key is a JWK, which jira does not read",
              std::string(as_spki)};
    default:
      break;
  }
  return {ErrorCode::failed,
          content.container == Container::der
              ? "jira takes text alone, and this is binary DER"
              : "jira takes the PEM or its base64 alone, and here something else stands with it",
          std::string(as_spki)};
}

}  // namespace

Result<RsaPublicKey> key_at_admin_form(std::string_view text) {
  if (text.starts_with(certificate_start)) {
    TRY_ASSIGN(const auto certificate, Certificate::from_pem(text));
    return certificate.public_key();
  }
  auto key = key_from_spki_text(text);
  if (key) return key;
  return tl::unexpected(why_not(text));
}

Result<RsaPublicKey> key_at_rest(std::string_view text) {
  if (text.starts_with(certificate_start)) {
    return fail(ErrorCode::failed, "the REST interface takes no certificate", std::string(as_spki));
  }
  return key_at_admin_form(text);
}

}  // namespace applink::crypto
