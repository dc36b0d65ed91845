// From any bytes to a report: the blob that is meant, its key if it has one, and what follows.
#include "applink/crypto/key_inspection.h"

#include <algorithm>

#include <fmt/format.h>

#include "applink/crypto/certificate.h"
#include "crypto/blob_algorithm.h"
#include "crypto/certificate_request.h"
#include "crypto/foreign_file.h"
#include "crypto/jira_doors.h"
#include "crypto/jwk_read.h"
#include "crypto/key_content.h"
#include "crypto/key_recognition.h"
#include "crypto/openssh_read.h"
#include "crypto/report_words.h"

namespace applink::crypto {
namespace {

// How much a blob says about what the file is for.
int weight(const Blob& blob) {
  if (is_private(blob)) return 3;
  switch (blob.kind) {
    case BlobKind::jwk:
    case BlobKind::pkcs1_public_key:
    case BlobKind::subject_public_key_info:
    case BlobKind::ssh_public_key:
    case BlobKind::certificate:
    case BlobKind::certificate_request:
      return 2;
    case BlobKind::unknown:
      return 0;
    default:
      return 1;
  }
}

const Blob& meant_blob(const KeyContent& content) {
  return *std::max_element(content.blobs.begin(), content.blobs.end(),
                           [](const Blob& a, const Blob& b) { return weight(a) < weight(b); });
}

KeyFileKind kind_of(const Blob& blob) {
  switch (blob.kind) {
    case BlobKind::pkcs8_encrypted_private_key:
    case BlobKind::traditionally_encrypted:
      return KeyFileKind::encrypted_private_key;
    case BlobKind::openssh_private_key: {
      const auto outline = openssh_outline(blob.bytes.reveal());
      if (!outline) return KeyFileKind::broken;
      return outline->encrypted ? KeyFileKind::encrypted_private_key : KeyFileKind::private_key;
    }
    case BlobKind::pkcs1_private_key:
    case BlobKind::pkcs8_private_key:
    case BlobKind::ec_private_key:
    case BlobKind::dsa_private_key:
      return KeyFileKind::private_key;
    case BlobKind::pkcs1_public_key:
    case BlobKind::subject_public_key_info:
    case BlobKind::ssh_public_key:
      return KeyFileKind::public_key;
    case BlobKind::jwk:
      return jwk_outline(blob.bytes.reveal()).kind == JwkKind::public_key
                 ? KeyFileKind::public_key
                 : KeyFileKind::private_key;
    case BlobKind::certificate:
      return KeyFileKind::certificate;
    case BlobKind::certificate_request:
      return KeyFileKind::certificate_request;
    case BlobKind::pkcs12:
      return KeyFileKind::pkcs12;
    case BlobKind::cut_off:
    case BlobKind::too_long:
      return KeyFileKind::broken;
    case BlobKind::pkcs7:
    case BlobKind::unknown:
      break;
  }
  return blob.error && !is_pgp(blob.label) ? KeyFileKind::broken : KeyFileKind::unknown;
}

KeyFileKind kind_of(ForeignFile file) {
  switch (file) {
    case ForeignFile::empty:
      return KeyFileKind::empty;
    case ForeignFile::web_page:
      return KeyFileKind::web_page;
    case ForeignFile::known_hosts:
      return KeyFileKind::known_hosts;
    case ForeignFile::java_keystore:
      return KeyFileKind::java_keystore;
    case ForeignFile::json:
      return KeyFileKind::json;
    case ForeignFile::binary:
    case ForeignFile::text:
      break;
  }
  return KeyFileKind::unknown;
}

bool is_encrypted(KeyFileKind kind) {
  return kind == KeyFileKind::encrypted_private_key || kind == KeyFileKind::pkcs12;
}

std::optional<CertificateFacts> facts_of(const Result<Certificate>& certificate) {
  if (!certificate) return std::nullopt;
  return CertificateFacts{certificate->subject(), certificate->not_before(),
                          certificate->not_after()};
}

// What the two readers found, in one form.
struct Found {
  std::optional<RsaPublicKey> key;
  std::optional<CertificateFacts> certificate;
  std::vector<std::string> repairs;
  std::optional<Error> error;
};

Found found_private(std::string_view bytes, const AskPassphrase& ask) {
  auto file = read_private_key(Secret(bytes), ask);
  if (!file) return {std::nullopt, std::nullopt, {}, std::move(file).error()};
  Found found{file->key.public_key(), std::nullopt, std::move(file->repairs), std::nullopt};
  if (file->certificate_pem)
    found.certificate = facts_of(Certificate::from_pem(*file->certificate_pem));
  return found;
}

Found found_public(std::string_view bytes) {
  auto file = read_public_key(bytes);
  if (!file) return {std::nullopt, std::nullopt, {}, std::move(file).error()};
  return {std::move(file->key), std::nullopt, std::move(file->repairs), std::nullopt};
}

Found found_request(const Blob& blob) {
  auto key = key_of_request(blob.bytes.reveal());
  if (!key) return {std::nullopt, std::nullopt, {}, std::move(key).error()};
  return {std::move(*key), std::nullopt, {}, std::nullopt};
}

Found found_in(const Blob& blob, KeyFileKind kind, std::string_view bytes,
               const AskPassphrase& ask) {
  switch (kind) {
    case KeyFileKind::private_key:
    case KeyFileKind::encrypted_private_key:
    case KeyFileKind::pkcs12:
      return found_private(bytes, ask);
    case KeyFileKind::public_key:
      return found_public(bytes);
    case KeyFileKind::certificate: {
      Found found = found_public(bytes);
      found.certificate = facts_of(Certificate::from_der(blob.bytes.reveal()));
      return found;
    }
    case KeyFileKind::certificate_request:
      return found_request(blob);
    default:
      return {std::nullopt, std::nullopt, {}, blob.error ? *blob.error : not_a_public_key(blob)};
  }
}

DoorVerdict verdict(const Result<RsaPublicKey>& key) {
  return key ? DoorVerdict{true, {}} : DoorVerdict{false, key.error().message};
}

void add_key(KeyFileReport& report, RsaPublicKey key) {
  report.algorithm = "RSA";
  report.fingerprints = fingerprints_of(key);
  report.warnings = weaknesses_of(key);
  report.key = std::move(key);
}

void warn_of_validity(KeyFileReport& report, Timestamp now) {
  if (!report.certificate) return;
  if (report.certificate->not_after < now) {
    report.warnings.push_back(fmt::format("the certificate expired at {}; jira does not mind",
                                          to_rfc3339(report.certificate->not_after)));
  }
  if (report.certificate->not_before > now) {
    report.warnings.push_back(
        fmt::format("the certificate is not valid before {}; jira does not mind",
                    to_rfc3339(report.certificate->not_before)));
  }
}

// A key of RSA that is not taken is broken; one of another algorithm, or one of several, is not.
bool is_broken(const KeyFileReport& report, const Found& found, const KeyContent& content) {
  const bool is_rsa = report.algorithm == "RSA" || report.algorithm.empty();
  if (!found.error || found.error->code != ErrorCode::failed || !is_rsa) return false;
  if (is_encrypted(report.kind) || report.kind == KeyFileKind::unknown) return false;
  return std::count_if(content.blobs.begin(), content.blobs.end(),
                       [&report](const Blob& blob) { return kind_of(blob) == report.kind; }) < 2;
}

KeyFileReport report_of(const KeyContent& content, std::string_view bytes,
                        const AskPassphrase& ask) {
  const Blob& blob = meant_blob(content);
  KeyFileReport report;
  report.kind = kind_of(blob);
  report.form = form_of(blob.kind, content.container);
  report.algorithm = algorithm_of(blob);
  Found found = found_in(blob, report.kind, bytes, ask);
  report.certificate = std::move(found.certificate);
  report.repairs = std::move(found.repairs);
  if (found.error) report.repairs = content.repairs;
  if (found.key) {
    if (is_encrypted(report.kind)) report.kind = KeyFileKind::private_key;
    add_key(report, std::move(*found.key));
  }
  if (found.error) report.advice = found.error->hint;
  report.description = described(report, found.error);
  if (is_broken(report, found, content)) report.kind = KeyFileKind::broken;
  return report;
}

KeyFileReport foreign_report(std::string_view bytes, const KeyContent& content) {
  KeyFileReport report;
  const ForeignFile foreign = foreign_file(bytes, content);
  report.kind = kind_of(foreign);
  report.description = described(foreign);
  report.advice = no_key(bytes, content, WantedKey::public_key).hint;
  return report;
}

}  // namespace

KeyFileReport inspect_key_file(std::string_view bytes, Timestamp now, const AskPassphrase& ask) {
  const KeyContent content = key_content(bytes);
  KeyFileReport report =
      content.blobs.empty() ? foreign_report(bytes, content) : report_of(content, bytes, ask);
  report.admin_form = verdict(key_at_admin_form(bytes));
  report.rest = verdict(key_at_rest(bytes));
  warn_of_validity(report, now);
  return report;
}

}  // namespace applink::crypto
