// How the value of --passphrase-command becomes words.
#include "cli/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace applink::cli {
namespace {

using ::testing::ElementsAre;

TEST(SplitWords, CutsAtWhiteSpaceAndKeepsWhatIsQuoted) {
  EXPECT_THAT(*split_words("pass show hub"), ElementsAre("pass", "show", "hub"));
  EXPECT_THAT(*split_words("  a \t b\nc\r "), ElementsAre("a", "b", "c"));
  EXPECT_THAT(*split_words("a 'b c' \"d e\""), ElementsAre("a", "b c", "d e"));
  EXPECT_THAT(*split_words("a'b'\"c\"d"), ElementsAre("abcd"));
  EXPECT_THAT(*split_words("a '' \"\""), ElementsAre("a", "", ""));
}

TEST(SplitWords, TakesWhatABackslashStandsBeforeAsItIs) {
  EXPECT_THAT(*split_words(R"(a\ b \' \" \\)"), ElementsAre("a b", "'", "\"", "\\"));
  EXPECT_THAT(*split_words(R"("\"q\" \\ \n")"), ElementsAre(R"("q" \ \n)"));
  EXPECT_THAT(*split_words(R"('\n')"), ElementsAre(R"(\n)"));
}

TEST(SplitWords, ExpandsNothing) {
  EXPECT_THAT(
      *split_words("echo $HOME ~ * `id` | cat > x; y && z"),
      ElementsAre("echo", "$HOME", "~", "*", "`id`", "|", "cat", ">", "x;", "y", "&&", "z"));
}

TEST(SplitWords, RefusesWhatIsUnfinishedOrEmpty) {
  for (const char* command : {"", "  \n", "''", "'' x", "a 'b", "a \"b", "a \\", "\"\\"}) {
    const auto words = split_words(command);
    ASSERT_FALSE(words) << command;
    EXPECT_EQ(words.error().code, ErrorCode::usage);
    EXPECT_FALSE(words.error().hint.empty());
  }
}

}  // namespace
}  // namespace applink::cli
