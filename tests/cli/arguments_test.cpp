// Arguments reach their targets as the bytes that were typed.
#include "cli/arguments.h"

#include <chrono>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace applink::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Words = std::vector<std::string>;

/// One of each kind.
struct Typed {
  std::string name;
  std::optional<std::string> place;
  std::string value = "untouched";
  std::optional<std::string> perhaps;
  std::vector<std::string> many;
  int number = 7;
  std::optional<std::chrono::seconds> time;
  bool on = false;
  bool help = false;
  bool version = false;
  Arguments arguments;

  Typed() {
    arguments.required("NAME", name, "");
    arguments.optional("PLACE", place, "");
    arguments.option("-v,--value", "V", value, "");
    arguments.option("--perhaps", "P", perhaps, "");
    arguments.repeatable("-m,--many", "M", many, "");
    arguments.option("--number", "N", number, "");
    arguments.option("--time", "T", time, "");
    arguments.flag("-o,--on", on, "");
    arguments.flag("-h,--help", help, "");
    arguments.flag("--version", version, "");
  }

  Result<Asked> parse(const Words& words) { return arguments.parse(words); }
};

class ByteForByte : public ::testing::TestWithParam<std::string> {};

TEST_P(ByteForByte, AsAValueAndAsARepeatedOne) {
  const std::string text = GetParam();
  Typed typed;
  ASSERT_TRUE(typed.parse({"n", "--value", text, "-m", text, "--many", text}));
  EXPECT_EQ(typed.value, text);
  EXPECT_THAT(typed.many, ElementsAre(text, text));
}

TEST_P(ByteForByte, JoinedByAnEqualsSign) {
  const std::string text = GetParam();
  Typed typed;
  ASSERT_TRUE(typed.parse({"--value=" + text, "--many=" + text, "--perhaps=", "n"}));
  EXPECT_EQ(typed.value, text);
  EXPECT_THAT(typed.many, ElementsAre(text));
  EXPECT_EQ(typed.perhaps, "");
  EXPECT_EQ(typed.name, "n");
}

TEST_P(ByteForByte, AsAPositionalBehindTwoDashes) {
  Typed typed;
  ASSERT_TRUE(typed.parse({"--", GetParam(), GetParam()}));
  EXPECT_EQ(typed.name, GetParam());
  EXPECT_EQ(typed.place, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Texts, ByteForByte,
                         ::testing::Values(R"({"fields":{"summary":"[1,2] a&b"}})", "[1,2]", "[]",
                                           "[a],[b]", "", " ", "-", "--on", "--value",
                                           "--value=", "-5", "'quoted'", "\"quoted\"", "a,b", "%s",
                                           "@file", "--many=", "\xff\xfe", "++", "a\nb"));

TEST(Arguments, ShortOptionsTakeTheRestOfTheWord) {
  Typed typed;
  ASSERT_TRUE(typed.parse({"-m[1,2]", "-om=x", "n"}));
  EXPECT_TRUE(typed.on);
  EXPECT_THAT(typed.many, ElementsAre("[1,2]", "=x"));
}

TEST(Arguments, TakesNumbersAndTimes) {
  Typed typed;
  ASSERT_TRUE(typed.parse({"n", "--number", "-3", "--time", "5m"}));
  EXPECT_EQ(typed.number, -3);
  EXPECT_EQ(typed.time, std::chrono::minutes(5));
}

TEST(Arguments, HelpComesBeforeEveryComplaint) {
  Typed typed;
  EXPECT_EQ(typed.parse({"--number", "many", "--help"}), Asked::help);
  EXPECT_EQ(typed.parse({"-h"}), Asked::help);
  EXPECT_EQ(Typed().parse({"--version"}), Asked::version);
}

TEST(Arguments, AValueIsNoQuestionForHelp) {
  Typed typed;
  EXPECT_EQ(typed.parse({"n", "--value", "--help"}), Asked::run);
  EXPECT_EQ(typed.value, "--help");
}

struct Wrong {
  Words words;
  std::string message;
  std::string hint;
};

class WrongWords : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongWords, AreAUsageError) {
  Typed typed;
  const auto asked = typed.parse(GetParam().words);
  ASSERT_FALSE(asked);
  EXPECT_EQ(asked.error().code, ErrorCode::usage);
  EXPECT_THAT(asked.error().message, HasSubstr(GetParam().message));
  EXPECT_THAT(asked.error().hint, HasSubstr(GetParam().hint));
}

INSTANTIATE_TEST_SUITE_P(
    Words, WrongWords,
    ::testing::Values(Wrong{{}, "NAME is missing", ""}, Wrong{{"a", "b", "c"}, "too many: c", ""},
                      Wrong{{"n", "--vlaue", "x"}, "no option --vlaue", "--value"},
                      Wrong{{"n", "--vlaue=x"}, "no option --vlaue", "--value"},
                      Wrong{{"n", "-x"}, "no option -x", ""},
                      Wrong{{"n", "--value"}, "--value needs a value", ""},
                      Wrong{{"n", "-v"}, "-v needs a value", ""},
                      Wrong{{"n", "--value", "a", "-v", "b"}, "--value was given twice", ""},
                      Wrong{{"n", "--number", "1e3"}, "--number: not a number: 1e3", ""},
                      Wrong{{"n", "--number", "99999999999"}, "not a number", ""},
                      Wrong{{"n", "--time", "5 m"}, "--time: not a length of time", "5m"},
                      Wrong{{"n", "--on=yes"}, "--on takes no value", ""},
                      Wrong{{"n", "--\x1b[31m"}, "\\x1b", ""}));

TEST(Arguments, ASuccessorGetsEverythingUnread) {
  Arguments arguments;
  arguments.leave_unread();
  EXPECT_EQ(arguments.parse(Words{"--help", "--whatever", "--", "x"}), Asked::run);
}

}  // namespace
}  // namespace applink::cli
