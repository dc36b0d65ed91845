#include "applink/base/clock.h"

#include <gtest/gtest.h>

namespace applink {
namespace {

using std::chrono::seconds;

TEST(Rfc3339, IsUtcToTheSecond) {
  EXPECT_EQ(to_rfc3339(Timestamp(seconds(0))), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339(Timestamp(seconds(1196666512))), "2007-12-03T07:21:52Z");
}

TEST(SystemClock, AddsItsOffset) {
  const Timestamp before = SystemClock().now();
  const Timestamp shifted = SystemClock(seconds(-86400)).now();
  const Timestamp after = SystemClock().now();
  EXPECT_GE(shifted, before - seconds(86400));
  EXPECT_LE(shifted, after - seconds(86400));
}

}  // namespace
}  // namespace applink
