// Makes and reads key files with the library, for openssl_keys_test.py.
//   key_tool create BITS DIRECTORY   the four customary files
//   key_tool read FILE               prints bits and fingerprint of the private key in FILE
//   key_tool sign FILE MESSAGE       prints the RSA-SHA1 signature as base64
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "applink/base/encoding.h"
#include "applink/keyring/create.h"
#include "applink/keyring/export.h"
#include "applink/keyring/key_file.h"

namespace {

using namespace applink;

Result<std::string> create(int bits, const std::string& directory) {
  TRY_ASSIGN(const auto pair, keyring::create_key_pair("hub", bits, {}, SystemClock()));
  TRY(keyring::export_key_files(pair, directory));
  return hex_encode(pair.private_key.public_key().spki_fingerprint());
}

Result<std::string> read(const std::string& file) {
  TRY_ASSIGN(const auto key, keyring::load_private_key_file(file));
  return fmt::format("{} {}", key.bits(), hex_encode(key.public_key().spki_fingerprint()));
}

Result<std::string> sign(const std::string& file, std::string_view message) {
  TRY_ASSIGN(const auto key, keyring::load_private_key_file(file));
  TRY_ASSIGN(const auto signature, key.sign(crypto::Digest::sha1, message));
  return base64_encode(signature);
}

Result<std::string> run(std::string_view verb, const std::string& first, const char* second) {
  if (verb == "create" && second != nullptr) return create(std::atoi(first.c_str()), second);
  if (verb == "read") return read(first);
  if (verb == "sign" && second != nullptr) return sign(first, second);
  return fail(ErrorCode::usage, "see the first lines of key_tool.cpp");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const auto answer = run(argv[1], argv[2], argc > 3 ? argv[3] : nullptr);
  if (answer) {
    std::puts(answer->c_str());
    return 0;
  }
  std::fprintf(stderr, "%s\n%s\n", answer.error().message.c_str(), answer.error().hint.c_str());
  return 1;
}
