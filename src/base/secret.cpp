// Secret: allocate, copy, wipe.
#include "applink/base/secret.h"

#include <algorithm>
#include <utility>

#include <string.h>  // NOLINT(modernize-deprecated-headers): explicit_bzero is POSIX, not <cstring>

namespace applink {

Secret::Secret(std::string_view bytes)
    : bytes_(bytes.empty() ? nullptr : new char[bytes.size()]), size_(bytes.size()) {
  std::copy(bytes.begin(), bytes.end(), bytes_.get());
}

Secret Secret::take(std::string&& bytes) {
  Secret secret{std::string_view(bytes)};
  applink::wipe(bytes);
  return secret;
}

Secret::Secret(Secret&& other) noexcept
    : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  wipe();
  bytes_ = std::move(other.bytes_);
  size_ = std::exchange(other.size_, 0);
  return *this;
}

Secret::~Secret() {
  wipe();
}

void Secret::wipe() noexcept {
  if (bytes_) ::explicit_bzero(bytes_.get(), size_);
}

bool operator==(const Secret& a, const Secret& b) {
  return equal_in_constant_time(a.reveal(), b.reveal());
}

void wipe(std::string& bytes) noexcept {
  bytes.resize(bytes.capacity());  // within capacity: no allocation, and the slack is wiped too
  ::explicit_bzero(bytes.data(), bytes.size());
  bytes.clear();
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned char difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference |= static_cast<unsigned char>(a[i] ^ b[i]);
  }
  return difference == 0;
}

}  // namespace applink
