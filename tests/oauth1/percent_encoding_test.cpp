#include "applink/oauth1/percent_encoding.h"

#include <gtest/gtest.h>

#include "applink/base/encoding.h"
#include "support/vectors.h"

namespace applink::oauth1 {
namespace {

TEST(PercentEncoding, AgreesWithThePublishedCases) {
  for (const auto& c : test::read_cases("vectors/percent_encoding.vec")) {
    const std::string bytes = hex_decode(c.at("bytes")).value();
    EXPECT_EQ(percent_encode(bytes), c.at("encoded")) << c.at("text");
    EXPECT_EQ(percent_decode(c.at("encoded")), bytes) << c.at("text");
  }
}

//= rfc5849#3.6
//# Characters in the unreserved character set as defined by [RFC3986], Section 2.3 (ALPHA, DIGIT,
//# "-", ".", "_", "~") MUST NOT be encoded.
//= rfc5849#3.6
//# All other characters MUST be encoded.
//= rfc5849#3.6
//# The two hexadecimal characters used to represent encoded characters MUST be uppercase.
TEST(PercentEncoding, LeavesUnreservedBytesAloneAndEncodesEveryOther) {
  const std::string_view unreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  for (int value = 0; value < 256; ++value) {
    const std::string byte(1, static_cast<char>(value));
    const std::string encoded = percent_encode(byte);
    if (unreserved.find(byte) != std::string_view::npos) {
      EXPECT_EQ(encoded, byte);
    } else {
      EXPECT_EQ(encoded.size(), 3U) << value;
      EXPECT_EQ(encoded[0], '%') << value;
      EXPECT_EQ(hex_decode(encoded.substr(1)), byte) << value;
      EXPECT_EQ(encoded.find_first_of("abcdef"), std::string::npos) << value;
    }
    EXPECT_EQ(percent_decode(encoded), byte) << value;
  }
}

TEST(PercentEncoding, KeepsNulWhereverItStands) {
  using namespace std::string_literals;
  EXPECT_EQ(percent_encode("\0"s), "%00");
  EXPECT_EQ(percent_encode("a\0b"s), "a%00b");
  EXPECT_EQ(percent_encode("\0\0ab\0"s), "%00%00ab%00");
}

TEST(PercentEncoding, TakesNothingAndMuch) {
  EXPECT_EQ(percent_encode(""), "");
  EXPECT_EQ(percent_decode(""), "");
  EXPECT_EQ(percent_encode(std::string(100'000, ' ')).size(), 300'000U);
}

TEST(PercentEncoding, DecodesDigitsOfEitherCase) {
  EXPECT_EQ(percent_decode("%2b%2B"), "++");
}

TEST(PercentEncoding, RefusesABadEscape) {
  for (const std::string_view text : {"%", "%4", "%zz", "%4g", "% 1", "ab%2"}) {
    const auto decoded = percent_decode(text);
    ASSERT_FALSE(decoded) << text;
    EXPECT_NE(decoded.error().message.find("bad percent escape at position"), std::string::npos);
  }
}

TEST(PercentEncoding, RefusesARawByteThatShouldHaveBeenEncoded) {
  for (const std::string_view text : {"a+b", "a/b", "a b", "a\"b", "a=b", "a\x80z", "a\nb"}) {
    const auto decoded = percent_decode(text);
    ASSERT_FALSE(decoded) << text;
    EXPECT_EQ(decoded.error().message, "the byte at position 2 is not percent-encoded");
  }
}

}  // namespace
}  // namespace applink::oauth1
