// Columns as wide as their widest cell, and harmless.
#include "cli/layout.h"

#include <gtest/gtest.h>

namespace applink::cli {
namespace {

TEST(Aligned, PadsEveryColumnButTheLast) {
  EXPECT_EQ(aligned({{"a", "bb", "c"}, {"aaaa", "b", "cc"}}), "a     bb  c\naaaa  b   cc\n");
  EXPECT_EQ(aligned({{"x", "y"}}, "  "), "  x  y\n");
  EXPECT_EQ(aligned({}), "");
}

TEST(Aligned, EndsNoLineInSpaces) {
  EXPECT_EQ(aligned({{"a", "b", ""}, {"c", "", ""}}), "a  b\nc\n");
}

TEST(Aligned, CountsCharactersNotBytes) {
  EXPECT_EQ(aligned({{"äö", "1"}, {"abc", "2"}}), "äö   1\nabc  2\n");
}

TEST(Aligned, MakesControlCharactersVisible) {
  EXPECT_EQ(aligned({{"a\x1b[31m", "b"}, {"c\nd", "e"}}), "a\\x1b[31m  b\nc\\nd       e\n");
}

}  // namespace
}  // namespace applink::cli
