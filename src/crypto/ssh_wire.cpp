// RFC 4251's strings and mpints.
#include "crypto/ssh_wire.h"

#include <openssl/core_names.h>

#include "crypto/key_handle.h"
#include "crypto/rsa_check.h"

namespace applink::crypto {
namespace {

void append_string(std::string& to, std::string_view text) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    to += static_cast<char>(text.size() >> static_cast<unsigned>(shift) & 0xffU);
  }
  to += text;
}

void append_number(std::string& to, const EVP_PKEY* key, const char* name) {
  const OwnedBignum number = rsa_number(key, name);
  if (!number) library_failure("take the numbers of an RSA key");
  // A zero byte in front keeps the number positive where its highest bit is set.
  const int spare = BN_num_bits(number.get()) % 8 == 0 ? 1 : 0;
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number.get()) + spare), '\0');
  ::BN_bn2bin(number.get(), as_bytes(bytes) + spare);
  append_string(to, bytes);
}

}  // namespace

std::optional<unsigned> SshReader::number() {
  if (left_.size() < 4) return std::nullopt;
  unsigned value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8U | static_cast<unsigned char>(left_[i]);
  left_.remove_prefix(4);
  return value;
}

std::optional<std::string_view> SshReader::string() {
  const auto size = number();
  if (!size || *size > left_.size()) return std::nullopt;
  const std::string_view text = left_.substr(0, *size);
  left_.remove_prefix(*size);
  return text;
}

bool SshReader::skip(std::string_view expected) {
  if (!left_.starts_with(expected)) return false;
  left_.remove_prefix(expected.size());
  return true;
}

std::string ssh_blob(const RsaPublicKey& key) {
  std::string blob;
  append_string(blob, "ssh-rsa");
  append_number(blob, key.handle().pkey.get(), OSSL_PKEY_PARAM_RSA_E);
  append_number(blob, key.handle().pkey.get(), OSSL_PKEY_PARAM_RSA_N);
  return blob;
}

std::optional<std::string_view> ssh_algorithm(std::string_view blob) {
  const auto name = SshReader(blob).string();
  const bool known = name && (name->starts_with("ssh-") || name->starts_with("ecdsa-") ||
                              name->starts_with("sk-"));
  return known ? name : std::nullopt;
}

}  // namespace applink::crypto
