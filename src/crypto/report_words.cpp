// "an RSA private key of 2048 bits (PKCS#8 PEM)".
#include "crypto/report_words.h"

#include <fmt/format.h>

#include "crypto/key_recognition.h"

namespace applink::crypto {
namespace {

// By their sound: an RSA, an EC, a DSA.
std::string_view article(std::string_view noun) {
  return noun.find_first_of("AEFHILMNORSX") == 0 || noun.find_first_of("aeio") == 0 ? "an" : "a";
}

std::string with_article(std::string_view noun) {
  return fmt::format("{} {}", article(noun), noun);
}

// "RSA private key", "private key": the kind with its algorithm.
std::string named(const KeyFileReport& report) {
  const std::string_view kind = to_string(report.kind);
  switch (report.kind) {
    case KeyFileKind::private_key:
    case KeyFileKind::public_key:
      return report.algorithm.empty() ? std::string(kind)
                                      : fmt::format("{} {}", report.algorithm, kind);
    case KeyFileKind::certificate:
    case KeyFileKind::certificate_request:
      return report.algorithm.empty()
                 ? std::string(kind)
                 : fmt::format("{} of {} key", kind, with_article(report.algorithm));
    default:
      return std::string(kind);
  }
}

bool is_of_no_key(KeyFileKind kind) {
  switch (kind) {
    case KeyFileKind::empty:
    case KeyFileKind::web_page:
    case KeyFileKind::known_hosts:
    case KeyFileKind::java_keystore:
    case KeyFileKind::json:
    case KeyFileKind::unknown:
    case KeyFileKind::broken:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::string_view to_string(KeyFileKind kind) {
  switch (kind) {
    case KeyFileKind::private_key:
      return "private key";
    case KeyFileKind::encrypted_private_key:
      return "encrypted private key";
    case KeyFileKind::public_key:
      return "public key";
    case KeyFileKind::certificate:
      return "certificate";
    case KeyFileKind::certificate_request:
      return "certificate request";
    case KeyFileKind::pkcs12:
      return "PKCS#12 file";
    case KeyFileKind::java_keystore:
      return "Java keystore";
    case KeyFileKind::known_hosts:
      return "known_hosts";
    case KeyFileKind::web_page:
      return "web page";
    case KeyFileKind::json:
      return "JSON";
    case KeyFileKind::empty:
      return "empty file";
    case KeyFileKind::broken:
      return "broken key file";
    case KeyFileKind::unknown:
      break;
  }
  return "unknown file";
}

std::string form_of(BlobKind kind, Container container) {
  const std::string_view form = form_name(kind);
  if (form.empty()) return {};
  switch (container) {
    case Container::pem:
      return fmt::format("{} PEM", form);
    case Container::der:
      return fmt::format("{} DER", form);
    case Container::base64:
      return fmt::format("{} base64", form);
    case Container::json:
    case Container::ssh:
    case Container::none:
      break;
  }
  return std::string(form);
}

std::string described(const KeyFileReport& report, const std::optional<Error>& error) {
  if (is_of_no_key(report.kind))
    return error ? error->message : std::string(to_string(report.kind));
  std::string text = with_article(named(report));
  if (report.key) text += fmt::format(" of {} bits", report.key->bits());
  if (!report.form.empty() && report.kind != KeyFileKind::pkcs12)
    text += fmt::format(" ({})", report.form);
  if (error) text += fmt::format(": {}", error->message);
  return text;
}

}  // namespace applink::crypto
