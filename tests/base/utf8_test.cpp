#include "applink/base/utf8.h"

#include <gtest/gtest.h>

namespace applink {
namespace {

TEST(Utf8, IsTextOfAnyLength) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("plain"));
  EXPECT_TRUE(is_utf8("gr\u00fc\u00df, \u20ac, \U0001f600"));
}

// RFC 3629 sections 3 and 4.
TEST(Utf8, IsNothingElse) {
  for (const auto* const text : {"\xfc", "a\xc3", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80",
                                 "\xf4\x90\x80\x80", "\x80", "\xf0\x9f\x98"}) {
    EXPECT_FALSE(is_utf8(text)) << text;
  }
}

TEST(Utf8, KnowsTheFirstCodePoint) {
  EXPECT_EQ(first_code_point("\u20ac!").value, 0x20acU);
  EXPECT_EQ(first_code_point("\u20ac!").length, 3U);
  EXPECT_EQ(first_code_point("\xff").length, 0U);
}

}  // namespace
}  // namespace applink
