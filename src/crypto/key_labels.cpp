// The labels of PEM (RFC 7468), and what belongs behind each.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "crypto/key_recognition.h"

namespace applink::crypto {
namespace {

struct LabelOf {
  BlobKind kind;
  std::string_view label;
};
constexpr std::array labels{
    LabelOf{BlobKind::pkcs1_private_key, "RSA PRIVATE KEY"},
    LabelOf{BlobKind::traditionally_encrypted, "RSA PRIVATE KEY"},
    LabelOf{BlobKind::traditionally_encrypted, "PRIVATE KEY"},
    LabelOf{BlobKind::traditionally_encrypted, "EC PRIVATE KEY"},
    LabelOf{BlobKind::traditionally_encrypted, "DSA PRIVATE KEY"},
    LabelOf{BlobKind::pkcs8_private_key, "PRIVATE KEY"},
    LabelOf{BlobKind::pkcs8_encrypted_private_key, "ENCRYPTED PRIVATE KEY"},
    LabelOf{BlobKind::openssh_private_key, "OPENSSH PRIVATE KEY"},
    LabelOf{BlobKind::ec_private_key, "EC PRIVATE KEY"},
    LabelOf{BlobKind::dsa_private_key, "DSA PRIVATE KEY"},
    LabelOf{BlobKind::pkcs1_public_key, "RSA PUBLIC KEY"},
    LabelOf{BlobKind::subject_public_key_info, "PUBLIC KEY"},
    LabelOf{BlobKind::certificate, "CERTIFICATE"},
    LabelOf{BlobKind::certificate, "X509 CERTIFICATE"},
    LabelOf{BlobKind::certificate_request, "CERTIFICATE REQUEST"},
    LabelOf{BlobKind::certificate_request, "NEW CERTIFICATE REQUEST"},
    LabelOf{BlobKind::pkcs12, "PKCS12"},
    LabelOf{BlobKind::pkcs7, "PKCS7"},
    LabelOf{BlobKind::pkcs7, "CMS"},
};

}  // namespace

std::optional<std::string> wrong_label(const Blob& blob) {
  const std::string_view form = form_name(blob.kind);
  if (blob.label.empty() || form.empty()) return std::nullopt;
  const bool right = std::any_of(labels.begin(), labels.end(), [&blob](const LabelOf& known) {
    return known.kind == blob.kind && known.label == blob.label;
  });
  if (right) return std::nullopt;
  return fmt::format("the BEGIN line said {}, but what follows is in the form {}",
                     terminal_safe(blob.label), form);
}

}  // namespace applink::crypto
