#include "applink/oauth1/nonce.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace applink::oauth1 {
namespace {

//= rfc5849#3.3
//# The nonce value MUST be unique across all requests with the same timestamp, client credentials,
//# and token combinations.
TEST(RandomNonces, AreLettersAndDigitsAndNeverTheSame) {
  RandomNonces nonces;
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string nonce = nonces.next();
    EXPECT_EQ(nonce.size(), 22U);
    EXPECT_TRUE(std::all_of(nonce.begin(), nonce.end(), [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    })) << nonce;
    EXPECT_TRUE(seen.insert(nonce).second);
  }
}

}  // namespace
}  // namespace applink::oauth1
