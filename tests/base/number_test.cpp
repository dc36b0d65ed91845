#include "applink/base/number.h"

#include <cstdint>

#include <gtest/gtest.h>

namespace applink {
namespace {

TEST(NumberIn, IsTheWholeText) {
  EXPECT_EQ(number_in<int>("0"), 0);
  EXPECT_EQ(number_in<int>("-17"), -17);
  EXPECT_EQ(number_in<std::uint16_t>("65535"), 65535);
  EXPECT_EQ(number_in<std::int64_t>("253402300800"), 253402300800);
  EXPECT_EQ(number_in<unsigned>("fF", 16), 255U);
}

TEST(NumberIn, RefusesEverythingElse) {
  for (const char* text :
       {"", " 1", "1 ", "+1", "0x1", "1.0", "1e3", "-", "--1", "99999999999999999999"}) {
    EXPECT_EQ(number_in<int>(text), std::nullopt) << text;
  }
  EXPECT_EQ(number_in<std::uint16_t>("65536"), std::nullopt);
  EXPECT_EQ(number_in<unsigned>("-1"), std::nullopt);
}

}  // namespace
}  // namespace applink
