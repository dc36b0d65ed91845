#include "http/retry_after.h"

#include <gtest/gtest.h>

namespace applink::http {
namespace {

using std::chrono::seconds;

const Timestamp now{seconds(784111777)};  // Sun, 06 Nov 1994 08:49:37 GMT, as RFC 9110 has it

std::optional<seconds> read(std::string value) {
  return retry_after({{"Retry-After", std::move(value)}}, now);
}

TEST(RetryAfter, IsANumberOfSeconds) {
  EXPECT_EQ(read("0"), seconds(0));
  EXPECT_EQ(read("120"), seconds(120));
  EXPECT_EQ(read(" 7 "), seconds(7));
  EXPECT_EQ(read("999999999999"), seconds(366 * 86400));
  EXPECT_EQ(retry_after({{"retry-after", "3"}}, now), seconds(3));
}

TEST(RetryAfter, IsADate) {
  EXPECT_EQ(read("Sun, 06 Nov 1994 08:49:37 GMT"), seconds(0));
  EXPECT_EQ(read("Sun, 06 Nov 1994 08:51:37 GMT"), seconds(120));
  EXPECT_EQ(read("Mon, 07 Nov 1994 08:49:37 GMT"), seconds(86400));
  EXPECT_EQ(read("Sat, 05 Nov 1994 08:49:37 GMT"), seconds(0));
  EXPECT_EQ(read("Fri, 31 Dec 9999 23:59:59 GMT"), seconds(366 * 86400));
}

TEST(RetryAfter, IsAbsentWhereItSaysNothing) {
  EXPECT_EQ(retry_after({}, now), std::nullopt);
  for (const char* const value :
       {"", "-1", "1.5", "soon", "99999999999999999999", "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 0x Nov 1994 08:49:37 GMT"}) {
    EXPECT_EQ(read(value), std::nullopt) << value;
  }
}

}  // namespace
}  // namespace applink::http
