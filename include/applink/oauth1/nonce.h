// Nonces: RFC 5849 section 3.3.
#pragma once

#include <string>

namespace applink::oauth1 {

class NonceSource {
 public:
  virtual ~NonceSource() = default;
  /// A string that this source never gave before.
  virtual std::string next() = 0;
};

/// Letters and digits that hold more than 128 random bits; safe across threads and fork().
class RandomNonces final : public NonceSource {
 public:
  std::string next() override;
};

}  // namespace applink::oauth1
