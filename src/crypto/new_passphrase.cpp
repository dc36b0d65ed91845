// What a passphrase must be.
#include "crypto/new_passphrase.h"

namespace applink::crypto {
namespace {

constexpr std::size_t longest_passphrase = 1024;  // the openssl command's buffer

}  // namespace

Result<void> check_new_passphrase(const Secret& passphrase) {
  if (passphrase.empty()) {
    return fail(ErrorCode::usage, "an empty passphrase protects nothing",
                "give one of several words, or write the key in a form without encryption");
  }
  if (passphrase.size() > longest_passphrase) {
    return fail(ErrorCode::usage, "the passphrase is longer than 1024 bytes",
                "give a shorter one: other programs read no more");
  }
  if (passphrase.reveal().find('\0') != std::string_view::npos) {
    return fail(ErrorCode::usage, "the passphrase holds a NUL byte",
                "give one that can be typed: other programs stop at that byte");
  }
  return {};
}

}  // namespace applink::crypto
