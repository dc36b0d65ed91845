#include "sandbox/nonce_log.h"

#include <gtest/gtest.h>

#include "support/fixed_clock.h"

namespace applink::sandbox {
namespace {

using namespace std::chrono_literals;

UsedNonce used(Timestamp at, std::string nonce, std::string key = "hub", std::string token = "t") {
  return {at.time_since_epoch().count(), std::move(nonce), std::move(key), std::move(token)};
}

TEST(NonceLog, TakesANonceOnce) {
  NonceLog log;
  const Timestamp now = test::FixedClock().now();
  EXPECT_TRUE(log.burn(used(now, "a"), now));
  EXPECT_FALSE(log.burn(used(now, "a"), now));
  EXPECT_TRUE(log.burn(used(now, "b"), now));
}

TEST(NonceLog, KeepsConsumersApart) {
  NonceLog log;
  const Timestamp now = test::FixedClock().now();
  EXPECT_TRUE(log.burn(used(now, "a", "hub"), now));
  EXPECT_TRUE(log.burn(used(now, "a", "other"), now));
}

TEST(NonceLog, RefusesTheNonceOfAConsumerForAMinuteWhateverElseChanges) {
  NonceLog log;
  const Timestamp now = test::FixedClock().now();
  EXPECT_TRUE(log.burn(used(now, "a", "hub", "t"), now));
  EXPECT_FALSE(log.burn(used(now + 59s, "a", "hub", "u"), now + 59s));
  EXPECT_TRUE(log.burn(used(now + 60s, "a", "hub", "v"), now + 60s));
}

TEST(NonceLog, RefusesTheWholeForAsLongAsItsTimestampPasses) {
  NonceLog log;
  const Timestamp now = test::FixedClock().now();
  EXPECT_TRUE(log.burn(used(now, "a"), now));
  EXPECT_FALSE(log.burn(used(now, "a"), now + 2min));
  EXPECT_FALSE(log.burn(used(now, "a"), now + 300s));
}

}  // namespace
}  // namespace applink::sandbox
