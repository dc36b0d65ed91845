#include "http/retry_after.h"

#include <gtest/gtest.h>

namespace applink::http {
namespace {

using std::chrono::seconds;

const Timestamp in_the_test{
    seconds(784111777)};  // Sun, 06 Nov 1994 08:49:37 GMT, as RFC 9110 has it

std::optional<seconds> waited(std::string value) {
  return retry_after({{"Retry-After", std::move(value)}}, in_the_test);
}

TEST(RetryAfter, IsANumberOfSeconds) {
  EXPECT_EQ(waited("0"), seconds(0));
  EXPECT_EQ(waited("120"), seconds(120));
  EXPECT_EQ(waited(" 7 "), seconds(7));
  EXPECT_EQ(waited("999999999999"), seconds(366 * 86400));
  EXPECT_EQ(retry_after({{"retry-after", "3"}}, in_the_test), seconds(3));
}

TEST(RetryAfter, IsADate) {
  EXPECT_EQ(waited("Sun, 06 Nov 1994 08:49:37 GMT"), seconds(0));
  EXPECT_EQ(waited("Sun, 06 Nov 1994 08:51:37 GMT"), seconds(120));
  EXPECT_EQ(waited("Mon, 07 Nov 1994 08:49:37 GMT"), seconds(86400));
  EXPECT_EQ(waited("Sat, 05 Nov 1994 08:49:37 GMT"), seconds(0));
  EXPECT_EQ(waited("Fri, 31 Dec 9999 23:59:59 GMT"), seconds(366 * 86400));
}

TEST(RetryAfter, IsAbsentWhereItSaysNothing) {
  EXPECT_EQ(retry_after({}, in_the_test), std::nullopt);
  for (const char* const value :
       {"", "-1", "1.5", "soon", "99999999999999999999", "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 0x Nov 1994 08:49:37 GMT"}) {
    EXPECT_EQ(waited(value), std::nullopt) << value;
  }
}

}  // namespace
}  // namespace applink::http
