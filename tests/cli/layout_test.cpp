// Columns as wide as their widest cell, and harmless.
#include "cli/layout.h"

#include <string>

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

TEST(Columns, AreMeasuredBeforeTheyAreWritten) {
  Columns columns;
  columns.measure({"a", "bb", "c"});
  columns.measure({"aaaa", "b"});
  EXPECT_EQ(columns.line({"a", "bb", "c"}), "a     bb  c\n");
  EXPECT_EQ(columns.line({"aaaa\x1b", "b"}), "aaaa\\x1b  b\n") << "wider than what was measured";
  EXPECT_EQ(columns.line({"a", "b", "c", "d"}, " "), " a     b   c  d\n");
}

TEST(Shortened, CutsCharactersAndSaysSo) {
  EXPECT_EQ(shortened("alice", 5), "alice");
  EXPECT_EQ(shortened("alice@host", 5), "alic…");
  EXPECT_EQ(shortened("äöüäöü", 6), "äöüäöü");
  EXPECT_EQ(shortened("äöüäöü", 3), "äö…");
  EXPECT_EQ(shortened("ab", 1), "…");
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

TEST(Wrapped, BreaksProseBetweenWordsUnderItsBeginning) {
  EXPECT_EQ(wrapped("one two three four five six", 4, 24), "one two three four\n    five six");
  EXPECT_EQ(wrapped("exactly twenty wide.", 0, 20), "exactly twenty wide.");
  EXPECT_EQ(wrapped("", 4, 24), "");
}

TEST(Wrapped, LeavesACommandInOnePiece) {
  EXPECT_EQ(wrapped("look here: applink link show a", 0, 24), "look here:\napplink link show a");
  EXPECT_EQ(wrapped("or: applink link set prod --accept-oauth-1.0", 0, 20),
            "or:\napplink link set prod --accept-oauth-1.0")
      << "also where it is wider";
  EXPECT_EQ(wrapped("applink key list --a --b", 0, 20), "applink key list --a --b");
  EXPECT_EQ(wrapped("there: sudo update --set A; elsewhere look for another", 0, 24),
            "there:\nsudo update --set A;\nelsewhere look for\nanother");
}

TEST(Wrapped, KnowsTheCommandsThatHintsGive) {
  for (const std::string command : {"applink", "sudo", "openssl", "chmod", "chown", "cp"}) {
    const std::string line = command + " 600 '/home/a b/private key.pem'";
    EXPECT_EQ(wrapped("let nobody else: " + line, 0, 20), "let nobody else:\n" + line);
  }
}

TEST(Wrapped, LeavesWhatIsQuotedInOnePiece) {
  EXPECT_EQ(wrapped("the directory that 'openssl version -d' names", 0, 24),
            "the directory that\n'openssl version -d'\nnames");
  EXPECT_EQ(wrapped("one two of \"a file of mine\", three", 0, 20),
            "one two of\n\"a file of mine\",\nthree");
  EXPECT_EQ(wrapped("it is 'open and no end of it", 0, 20), "it is 'open and no\nend of it");
  EXPECT_EQ(wrapped("a link of Jira's own, the admin's", 0, 20),
            "a link of Jira's\nown, the admin's");
}

TEST(Wrapped, LeavesANarrowTerminalToItself) {
  EXPECT_EQ(wrapped("one two three four five six", 15, 34), "one two three four five six");
}

}  // namespace
}  // namespace applink::cli
