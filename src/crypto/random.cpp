// The kernel's generator: it keeps nothing in this process that fork() would copy, and nothing that
// threads would share behind a lock, as OpenSSL's does.
#include "crypto/random.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <string_view>

#include <sys/random.h>

namespace applink::crypto {
namespace {

constexpr std::string_view alphabet =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
// Bytes from here on are thrown away: they would make the first letters likelier.
constexpr std::size_t fair_bytes = 256 / alphabet.size() * alphabet.size();

}  // namespace

void random_bytes(std::span<unsigned char> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = ::getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) std::abort();
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

std::string random_alphanumeric(std::size_t length) {
  std::string text;
  text.reserve(length);
  std::array<unsigned char, 32> pool{};  // enough at once for most lengths that are asked for
  while (text.size() < length) {
    random_bytes(pool);
    for (const unsigned char byte : pool) {
      if (byte < fair_bytes && text.size() < length) text += alphabet[byte % alphabet.size()];
    }
  }
  return text;
}

}  // namespace applink::crypto
