// OpenSSL's generator, which reseeds itself after fork().
#include "crypto/random.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

#include <openssl/rand.h>

namespace applink::crypto {
namespace {

constexpr std::string_view alphabet =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
// Bytes from here on are thrown away: they would make the first letters likelier.
constexpr std::size_t fair_bytes = 256 / alphabet.size() * alphabet.size();

}  // namespace

void random_bytes(std::span<unsigned char> bytes) {
  constexpr std::size_t portion = 1U << 30U;  // OpenSSL counts in int
  while (!bytes.empty()) {
    const auto now = bytes.first(std::min(bytes.size(), portion));
    if (::RAND_bytes(now.data(), static_cast<int>(now.size())) != 1) std::abort();
    bytes = bytes.subspan(now.size());
  }
}

std::string random_alphanumeric(std::size_t length) {
  std::string text;
  text.reserve(length);
  std::array<unsigned char, 64> pool{};
  while (text.size() < length) {
    random_bytes(pool);
    for (const unsigned char byte : pool) {
      if (byte < fair_bytes && text.size() < length) text += alphabet[byte % alphabet.size()];
    }
  }
  return text;
}

}  // namespace applink::crypto
