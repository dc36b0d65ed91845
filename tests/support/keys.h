// Test keys out of their files.
#pragma once

#include <stdexcept>
#include <string_view>
#include <utility>

#include "applink/crypto/key_reading.h"
#include "support/vectors.h"

namespace applink::test {

inline crypto::RsaPrivateKey private_key_of(std::string_view bytes) {
  auto file = crypto::read_private_key(Secret(bytes));
  if (!file) throw std::invalid_argument(file.error().message);
  return std::move(file->key);
}

/// The key in tests/data/keys/NAME.
inline crypto::RsaPrivateKey key_file(std::string_view name) {
  return private_key_of(read_tests_file("data/keys/" + std::string(name)));
}

inline crypto::RsaPrivateKey test_key() {
  return key_file("pkcs1.pem");
}

}  // namespace applink::test
