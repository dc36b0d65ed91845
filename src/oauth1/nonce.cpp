// The one place of this module that is not a function of its arguments.
#include "applink/oauth1/nonce.h"

#include <cstddef>

#include "crypto/random.h"

namespace applink::oauth1 {
namespace {

constexpr std::size_t nonce_length = 22;  // 62 characters each: 130.9 bits

}  // namespace

//= rfc5849#3.3
//# The nonce value MUST be unique across all requests with the same timestamp, client credentials,
//# and token combinations.
std::string RandomNonces::next() {
  return crypto::random_alphanumeric(nonce_length);
}

}  // namespace applink::oauth1
