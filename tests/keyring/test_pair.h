// The pair of the test key.
#pragma once

#include <utility>

#include "applink/keyring/import.h"
#include "support/fixed_clock.h"
#include "support/vectors.h"

namespace applink::test {

inline store::KeyPair test_pair() {
  const Secret pem = Secret::take(read_tests_file("data/keys/pkcs1.pem"));
  return std::move(keyring::import_key_pair("hub", pem, {}, FixedClock())->pair);
}

}  // namespace applink::test
