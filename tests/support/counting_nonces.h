// Nonces that a test can foretell: "nonce1", "nonce2", …
#pragma once

#include <string>

#include "applink/oauth1/nonce.h"

namespace applink::test {

class CountingNonces final : public oauth1::NonceSource {
 public:
  std::string next() override { return "nonce" + std::to_string(++count_); }

 private:
  int count_ = 0;
};

}  // namespace applink::test
