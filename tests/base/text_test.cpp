#include "applink/base/text.h"

#include <vector>

#include <gtest/gtest.h>

namespace applink {
namespace {

TEST(TerminalSafe, MakesControlsVisibleAndKeepsText) {
  EXPECT_EQ(terminal_safe("Zoë €  \U0001f600"), "Zoë €  \U0001f600");
  EXPECT_EQ(terminal_safe("a\x1b[31mb\r\n\t\x7f"), "a\\x1b[31mb\\r\\n\\t\\x7f");
  EXPECT_EQ(terminal_safe(std::string_view("\0", 1)), "\\x00");
  EXPECT_EQ(terminal_safe("\xc2\x9b"), "\\u009b") << "C1: one-byte CSI";
}

TEST(TerminalSafe, ShowsWhatTurnsOrHidesText) {
  EXPECT_EQ(terminal_safe("\u202eabc"), "\\u202eabc");
  EXPECT_EQ(terminal_safe("a\u200bb\ufeff"), "a\\u200bb\\ufeff");
}

TEST(TerminalSafe, ShowsBrokenUtf8ByteByByte) {
  EXPECT_EQ(terminal_safe("\xff"), "\\xff");
  EXPECT_EQ(terminal_safe("\xc3"), "\\xc3") << "cut off";
  EXPECT_EQ(terminal_safe("\xc0\xaf"), "\\xc0\\xaf") << "overlong";
  EXPECT_EQ(terminal_safe("\xed\xa0\x80"), "\\xed\\xa0\\x80") << "surrogate";
  EXPECT_EQ(terminal_safe("\xc3("), "\\xc3(");
}

TEST(TerminalSafeLines, KeepsLineBreaksAndTabs) {
  EXPECT_EQ(terminal_safe_lines("a\tb\nc\r\x1b"), "a\tb\nc\\r\\x1b");
  EXPECT_EQ(terminal_safe_lines("a\r\nb\r\n\r\nc\rd\r"), "a\nb\n\nc\\rd\\r");
  EXPECT_EQ(terminal_safe("a\r\nb"), "a\\r\\nb");
}

TEST(Nearest, FindsTheMeantWord) {
  const std::vector<std::string> names{"prod", "staging", "request"};
  EXPECT_EQ(nearest("prdo", names), "prod");
  EXPECT_EQ(nearest("Prod", names), "prod");
  EXPECT_EQ(nearest("reqest", names), "request");
  EXPECT_EQ(nearest("unlike", names), std::nullopt);
  EXPECT_EQ(nearest("", names), std::nullopt);
  EXPECT_EQ(nearest(std::string(1000, 'a'), names), std::nullopt);
}

TEST(AsciiText, LowersAndTrims) {
  EXPECT_EQ(to_lower_ascii("HTTP Ä"), "http Ä");
  EXPECT_EQ(trim_ascii(" \r\n a b \t"), "a b");
  EXPECT_EQ(trim_ascii(" \n"), "");
}

}  // namespace
}  // namespace applink
