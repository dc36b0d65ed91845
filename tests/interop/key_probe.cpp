// Key files written and read by the library alone, many in one run, for key_forms_test.py.
//   key_probe write KEY-FILE DIRECTORY PASSPHRASE   every form of the key
//   key_probe read PASSPHRASE FILE…                 one line a file: what it is, or the error
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "applink/base/clock.h"
#include "applink/base/encoding.h"
#include "applink/base/files.h"
#include "applink/crypto/certificate.h"
#include "applink/crypto/jwk.h"
#include "applink/crypto/key_formats.h"
#include "applink/crypto/key_inspection.h"
#include "applink/crypto/key_reading.h"
#include "applink/crypto/pkcs12.h"

namespace {

using namespace applink;
using namespace applink::crypto;

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

class Directory {
 public:
  explicit Directory(std::filesystem::path path) : path_(std::move(path)) {}
  Result<void> put(const char* name, std::string_view content) const {
    return write_new_file(path_ / name, content, FileMode::private_file);
  }
  Result<void> put(const char* name, const Result<Secret>& content) const {
    if (!content) return tl::unexpected(content.error());
    return put(name, content->reveal());
  }

 private:
  std::filesystem::path path_;
};

Result<void> write_private(const RsaPrivateKey& key, const Directory& to) {
  TRY(to.put("pkcs1.pem", to_pkcs1_pem(key).reveal()));
  TRY(to.put("pkcs1.der", to_pkcs1_der(key).reveal()));
  TRY(to.put("pkcs8.pem", to_pkcs8_pem(key).reveal()));
  TRY(to.put("pkcs8.der", to_pkcs8_der(key).reveal()));
  TRY(to.put("pkcs8.b64", to_pkcs8_base64(key).reveal()));
  return to.put("private.jwk", to_private_jwk(key).reveal());
}

Result<void> write_encrypted(const RsaPrivateKey& key, const Certificate& certificate,
                             const Secret& passphrase, const Directory& to) {
  TRY(to.put("pbkdf2.pem", to_encrypted_pkcs8_pem(key, passphrase, Kdf::pbkdf2)));
  TRY(to.put("pbkdf2.der", to_encrypted_pkcs8_der(key, passphrase, Kdf::pbkdf2)));
  TRY(to.put("scrypt.pem", to_encrypted_pkcs8_pem(key, passphrase, Kdf::scrypt)));
  TRY(to.put("scrypt.der", to_encrypted_pkcs8_der(key, passphrase, Kdf::scrypt)));
  return to.put("key.p12", to_pkcs12(key, certificate, passphrase, "hub"));
}

Result<void> write_public(const RsaPublicKey& key, const Certificate& certificate,
                          const Directory& to) {
  TRY(to.put("spki.pem", to_spki_pem(key)));
  TRY(to.put("spki.der", to_spki_der(key)));
  TRY(to.put("spki.b64", to_spki_base64(key)));
  TRY(to.put("public.jwk", to_public_jwk(key)));
  TRY(to.put("certificate.pem", certificate.to_pem()));
  return to.put("certificate.der", certificate.to_der());
}

Result<void> write_all(const std::string& key_file, const std::string& directory,
                       std::string_view passphrase) {
  TRY_ASSIGN(const auto file, read_private_key(Secret(content_of(key_file))));
  TRY_ASSIGN(const auto certificate,
             self_signed_certificate(file.key, "hub", SystemClock().now(), std::chrono::days(30)));
  const Directory to(directory);
  TRY(write_private(file.key, to));
  TRY(write_encrypted(file.key, certificate, Secret(passphrase), to));
  return write_public(file.key.public_key(), certificate, to);
}

// "private 2048 FINGERPRINT certificate": the door that takes the file, and what came through it.
std::string line_of(const std::string& file, const std::string& passphrase) {
  const std::string bytes = content_of(file);
  const auto secret = read_private_key(
      Secret(bytes), [&passphrase]() -> Result<Secret> { return Secret(passphrase); });
  const auto words = [](const char* kind, const RsaPublicKey& key, bool with_certificate) {
    return fmt::format("{} {} {}{}", kind, key.bits(), hex_encode(key.spki_fingerprint()),
                       with_certificate ? " certificate" : "");
  };
  if (secret) {
    return words("private", secret->key.public_key(), secret->certificate_pem.has_value());
  }
  const auto open = read_public_key(bytes);
  if (open) return words("public", open->key, open->certificate_pem.has_value());
  return "error " + secret.error().message + "\t" + secret.error().hint;
}

int write(const std::vector<std::string>& words) {
  const auto written = write_all(words[1], words[2], words[3]);
  if (written) return 0;
  std::fprintf(stderr, "%s\n", written.error().message.c_str());
  return 1;
}

int read(const std::vector<std::string>& words) {
  for (std::size_t i = 2; i < words.size(); ++i) std::puts(line_of(words[i], words[1]).c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 4 && words[0] == "write") return write(words);
  if (words.size() >= 3 && words[0] == "read") return read(words);
  return 2;
}
