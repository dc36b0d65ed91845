#include "sandbox/java_decoding.h"

#include <gtest/gtest.h>

#include "sandbox/java_numbers.h"

namespace applink::sandbox {
namespace {

TEST(UrlDecoded, DecodesEscapesAndPlus) {
  EXPECT_EQ(url_decoded("a+b%20c%2B%c3%BC"), "a b c+ü");
  EXPECT_EQ(url_decoded(""), "");
}

TEST(UrlDecoded, HasNoAnswerToABrokenEscape) {
  EXPECT_EQ(url_decoded("%"), std::nullopt);
  EXPECT_EQ(url_decoded("a%4"), std::nullopt);
  EXPECT_EQ(url_decoded("%zz"), std::nullopt);
}

// The sequences of Unicode 15, section 3.9, table 3-8: one U+FFFD for each maximal subpart.
TEST(ValidUtf8, ReplacesEachMaximalSubpart) {
  EXPECT_EQ(valid_utf8("a\xf1\x80\x80\xe1\x80\xc2"
                       "b\x80"
                       "c\x80\xbf"
                       "d"),
            "a\uFFFD\uFFFD\uFFFD"
            "b\uFFFD"
            "c\uFFFD\uFFFD"
            "d");
}

// Tables 3-9 and 3-10: overlong forms, surrogates and what is beyond U+10FFFF.
TEST(ValidUtf8, ReplacesWhatIsIllFormed) {
  EXPECT_EQ(valid_utf8("\xc0\xaf\xe0\x80\xbf\xf0\x81\x82\x41"),
            "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\x41");
  EXPECT_EQ(valid_utf8("\xed\xa0\x80\xf4\x91\x92\x93\xff\x41"),
            "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\x41");
  EXPECT_EQ(valid_utf8("ü€𝄞"), "ü€𝄞");
}

TEST(LenientBase64, SkipsWhatHasNoMeaning) {
  EXPECT_EQ(lenient_base64("Zm9v\r\nYmFy"), "foobar");
  EXPECT_EQ(lenient_base64("Zm9vYg=="), "foob");
  EXPECT_EQ(lenient_base64("Zm9vYg"), "foob");
  EXPECT_EQ(lenient_base64("-_-_"), lenient_base64("+/+/"));
  EXPECT_EQ(lenient_base64("Zm9v=YmFy"), "foo");
  EXPECT_EQ(lenient_base64(" !"), "");
}

TEST(JavaDouble, TakesWhatParseDoubleTakes) {
  for (const char* one : {"1", "1.0", "1.00", " 1.0 ", "+1", "1e0", "1.0f", "1d", "10e-1", "1."}) {
    EXPECT_EQ(java_double(one), 1.0) << one;
  }
  EXPECT_EQ(java_double("-2.5"), -2.5);
}

TEST(JavaDouble, HasNoAnswerToWhatIsNoNumber) {
  for (const char* none : {"", " ", "one", "1.0a", "1,0", "+-1", "--1", "1.0.0", "f", "nan"}) {
    EXPECT_EQ(java_double(none), std::nullopt) << none;
  }
}

TEST(JavaLong, TakesDigitsAfterASign) {
  EXPECT_EQ(java_long("1196666512"), 1196666512);
  EXPECT_EQ(java_long("+5"), 5);
  EXPECT_EQ(java_long("-5"), -5);
  for (const char* none : {"", "+", " 5", "5 ", "5.0", "0x5", "+-5", "9223372036854775808"}) {
    EXPECT_EQ(java_long(none), std::nullopt) << none;
  }
}

}  // namespace
}  // namespace applink::sandbox
