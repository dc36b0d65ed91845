#include "applink/calls/shell_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace applink::calls {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Words = std::vector<std::string>;

Words words(std::string_view command) {
  const auto split = shell_words(command);
  EXPECT_TRUE(split) << command << ": " << split.error().message;
  return split.value_or(Words{});
}

Error refused_words(std::string_view command) {
  const auto split = shell_words(command);
  EXPECT_FALSE(split) << command;
  return split ? Error{} : split.error();
}

// What each of these means, POSIX's Shell Command Language and bash(1) say; `printf '%s\n' …` in
// bash 5.2 printed the same words.
TEST(ShellWords, AreApartByBlanks) {
  EXPECT_THAT(words("curl  -v\thttp://h/ "), ElementsAre("curl", "-v", "http://h/"));
  EXPECT_THAT(words("\n\n curl a\n\r\n"), ElementsAre("curl", "a"));
  EXPECT_THAT(words("curl '' \"\""), ElementsAre("curl", "", ""));
}

TEST(ShellWords, AreJoinedByQuotes) {
  EXPECT_THAT(words("curl 'a b'\"c d\"e"), ElementsAre("curl", "a bc de"));
  EXPECT_THAT(words(R"(curl 'it'\''s')"), ElementsAre("curl", "it's"));
  EXPECT_THAT(words(R"(curl 'a\nb' "\$\`\"\\\n" \$x)"),
              ElementsAre("curl", R"(a\nb)", R"($`"\\n)", "$x"));
  EXPECT_THAT(words("curl 'two\nlines' \"two\nmore\""),
              ElementsAre("curl", "two\nlines", "two\nmore"));
}

TEST(ShellWords, GoOnOnTheNextLine) {
  EXPECT_THAT(words("curl 'http://h/' \\\n  -H 'a: b' \\\r\n  -v"),
              ElementsAre("curl", "http://h/", "-H", "a: b", "-v"));
  EXPECT_THAT(words("cu\\\nrl \"a\\\nb\""), ElementsAre("curl", "ab"));
}

TEST(ShellWords, KnowTheEscapesOfBash) {
  EXPECT_THAT(words(R"(curl $'it\'s\t\x41\101\u00e9\U0001F600\\ \q\ca' $"x y")"),
              ElementsAre("curl", "it's\tAA\u00e9\U0001F600\\ \\q\x01", "x y"));
  EXPECT_THAT(words(R"(curl $'\u0021\x2' $'a\0b'c $'a\x')"),
              ElementsAre("curl", "!\x02", "ac", "a\\x"));
  EXPECT_THAT(words(R"(curl $'\ud' $'\u20ac\n\e')"), ElementsAre("curl", "\r", "\u20ac\n\x1b"));
}

TEST(ShellWords, LeaveAloneWhatCurlReads) {
  EXPECT_THAT(words("curl http://h/[1-3]?a={b,c}*~ $ a$ ^x"),
              ElementsAre("curl", "http://h/[1-3]?a={b,c}*~", "$", "a$", "^x"));
}

TEST(ShellWords, SkipComments) {
  EXPECT_THAT(words("# as it failed\ncurl a#b # why"), ElementsAre("curl", "a#b"));
}

TEST(ShellWords, RefuseWhatOnlyTheShellKnew) {
  EXPECT_EQ(refused_words("curl -H \"Authorization: $AUTH_1\"").message,
            "the command has $AUTH_1, whose value only the shell that ran it knows");
  for (const char* const command : {"curl $(cat x)", "curl ${x}", "curl `x`", "curl \"`x`\"",
                                    "curl \"$(x)\"", "curl $1", "curl $?", "curl $@"}) {
    EXPECT_THAT(refused_words(command).message, HasSubstr("whose value only the shell")) << command;
    EXPECT_THAT(refused_words(command).hint, HasSubstr("in single quotes")) << command;
  }
}

TEST(ShellWords, RefuseASecondCommand) {
  for (const char* const command :
       {"curl http://h/?a=b&c=d", "curl h | jq .", "curl h; ls", "curl h > out", "curl h 2>&1",
        "(curl h)", "curl h\nls", "curl h # why\nls"}) {
    const Error error = refused_words(command);
    EXPECT_EQ(error.code, ErrorCode::usage);
    EXPECT_THAT(error.message, HasSubstr("where a shell ends it")) << command;
    EXPECT_THAT(error.hint, HasSubstr("in quotes")) << command;
  }
}

TEST(ShellWords, RefuseWhatIsCutOffOrEmpty) {
  for (const char* const command : {"curl 'a", "curl \"a", "curl $'a", "curl $'a\\", "curl a\\"}) {
    EXPECT_THAT(refused_words(command).message, HasSubstr("the command ends in ")) << command;
    EXPECT_FALSE(refused_words(command).hint.empty());
  }
  for (const char* const command : {"", " \n", "# nothing"}) {
    EXPECT_EQ(refused_words(command).message, "the command is empty") << command;
  }
  EXPECT_THAT(refused_words("curl ^\"http://h/^\" ^").hint, HasSubstr("(bash)"));
}

}  // namespace
}  // namespace applink::calls
