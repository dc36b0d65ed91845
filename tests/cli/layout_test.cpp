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

TEST(Explained, BreaksMeaningsBetweenWords) {
  EXPECT_EQ(explained({{"-a", "one two three"}, {"--bcd", "x"}}, 17),
            "  -a     one two\n         three\n  --bcd  x\n");
  EXPECT_EQ(explained({{"a", "one two"}}, 12), "  a  one two\n") << "just wide enough";
  EXPECT_EQ(explained({{"a", "one two"}}, 11), "  a  one\n     two\n");
}

TEST(Explained, LeavesAWordWholeThatIsWider) {
  EXPECT_EQ(explained({{"a", "x https://example.com y"}}, 10),
            "  a  x\n     https://example.com\n     y\n");
  EXPECT_EQ(explained({{"wide", "a b"}}, 3), "  wide  a\n        b\n");
}

TEST(Explained, CountsCharactersNotBytes) {
  EXPECT_EQ(explained({{"ä", "öö üü"}}, 10), "  ä  öö üü\n");
}

TEST(Explained, HasALineForAWordWithoutMeaning) {
  EXPECT_EQ(explained({{"a", ""}}), "  a\n");
}

}  // namespace
}  // namespace applink::cli
