// Key files for tests, as they are and as people bend them.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "applink/base/clock.h"
#include "applink/base/encoding.h"
#include "applink/crypto/key_reading.h"
#include "support/vectors.h"

namespace applink::test {

inline std::string key_bytes(std::string_view name) {
  return read_tests_file("data/keys/" + std::string(name));
}

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// The bytes within the armour of tests/data/keys/NAME.
inline std::string der_of(std::string_view name) {
  std::string base64 = key_bytes(name);
  base64.erase(0, base64.find('\n'));
  base64.erase(base64.find("-----END"));
  return base64_decode(replaced(base64, "\n", "")).value();
}

inline std::string pem_of(std::string_view label, std::string_view der) {
  const std::string base64 = base64_encode(der);
  std::string lines;
  for (std::size_t at = 0; at < base64.size(); at += 64) lines += base64.substr(at, 64) + "\n";
  return "-----BEGIN " + std::string(label) + "-----\n" + lines + "-----END " + std::string(label) +
         "-----\n";
}

/// While the certificates among the test keys are valid.
constexpr Timestamp in_2026{std::chrono::seconds(1'795'555'587)};

inline crypto::RsaPublicKey test_public_key() {
  return std::move(crypto::read_public_key(key_bytes("public.pem")).value().key);
}

inline crypto::AskPassphrase answering(std::string_view passphrase) {
  return [passphrase]() -> Result<Secret> { return Secret(passphrase); };
}

}  // namespace applink::test
