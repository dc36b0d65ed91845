#include "applink/calls/shell_quote.h"

#include <cstdint>
#include <map>
#include <random>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/base/utf8.h"
#include "applink/calls/shell_words.h"

namespace applink::calls {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Words = std::vector<std::string>;

std::string command(Shell shell, const Words& words) {
  const auto line = shell_command(shell, "curl", words);
  EXPECT_TRUE(line) << line.error().message;
  return line.value_or("");
}

Error refusal(Shell shell, const std::string& word) {
  const auto line = shell_command(shell, "curl", Words{word});
  EXPECT_FALSE(line) << *line;
  return line ? Error{} : line.error();
}

// tests/interop/shell_quote_test.py asks the shells themselves.
TEST(ShellQuote, WritesForSh) {
  EXPECT_EQ(command(Shell::sh, {"-q", "https://h:1/a_b.c", "@f", ""}),
            "curl -q https://h:1/a_b.c @f ''");
  EXPECT_EQ(command(Shell::sh, {"it's $HOME!", "~", "a=b"}), R"(curl 'it'\''s $HOME!' '~' 'a=b')");
  EXPECT_EQ(command(Shell::sh, {"''", "two\nlines"}), "curl \\'\\' 'two\nlines'");
  EXPECT_EQ(command(Shell::sh, {"a\n^b^c"}), "curl 'a\n'\\^'b^c'");
  EXPECT_EQ(command(Shell::sh, {"a\x1b[1m\xff"}),
            R"~(curl 'a'"$(printf '\033')"'[1m'"$(printf '\377')")~");
  EXPECT_EQ(command(Shell::sh, {"\u202e"}), R"~(curl "$(printf '\342\200\256')")~");
}

TEST(ShellQuote, WritesWhatShellWordsReads) {
  const Words words{"curl", "a b", "it's", "$x `y`", "\"\\\"", "", "two\nlines", "[1]{2}&|;<>()"};
  const auto line = command(Shell::sh, Words(words.begin() + 1, words.end()));
  EXPECT_EQ(shell_words(line).value(), words);
}

TEST(ShellQuote, WritesForFish) {
  EXPECT_EQ(command(Shell::fish, {"it's \\ $x", "a\tb", ""}),
            R"(curl 'it\'s \\ $x' 'a'\X09'b' '')");
}

TEST(ShellQuote, KnowsFourShells) {
  EXPECT_EQ(shell_named("sh").value(), Shell::sh);
  EXPECT_EQ(shell_named("fish").value(), Shell::fish);
  EXPECT_EQ(shell_named("powershell").value(), Shell::powershell);
  EXPECT_EQ(shell_named("cmd").value(), Shell::cmd);
  EXPECT_EQ(shell_named("tcsh").error().message, "\"tcsh\" is not a shell");
}

TEST(ShellQuote, RefusesWhatAShellCannotSay) {
  for (const auto shell : {Shell::sh, Shell::fish, Shell::powershell, Shell::cmd}) {
    EXPECT_EQ(refusal(shell, std::string("a\0b", 3)).message,
              "a NUL byte cannot stand in a command line");
    EXPECT_THAT(refusal(shell, std::string(140'000, 'a')).hint, HasSubstr("-d @FILE"));
  }
  EXPECT_THAT(refusal(Shell::cmd, "two\nlines").message, HasSubstr("which cmd cannot write"));
  EXPECT_THAT(refusal(Shell::cmd, "two\nlines").hint, HasSubstr("--shell powershell"));
  EXPECT_THAT(refusal(Shell::cmd, std::string(8'190, 'a')).message, HasSubstr("cmd takes 8191"));
  EXPECT_THAT(refusal(Shell::powershell, "\xff").message, HasSubstr("no UTF-8"));
  EXPECT_THAT(refusal(Shell::powershell, R"(\" a)").message, HasSubstr("every PowerShell"));
  EXPECT_THAT(refusal(Shell::powershell, std::string(40'000, 'a')).message,
              HasSubstr("Windows takes 32766"));
}

/// How a program on Windows gets its arguments, by the rules that Microsoft publishes as "Parsing
/// C++ command-line arguments".
Words runtime_words(std::string_view line) {
  Words words;
  std::optional<std::string> word;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (!quoted && (c == ' ' || c == '\t')) {
      if (word) words.push_back(*word);
      word.reset();
      continue;
    }
    if (!word) word.emplace();
    std::size_t backslashes = 0;
    while (i < line.size() && line[i] == '\\') ++backslashes, ++i;
    const bool quote = i < line.size() && line[i] == '"';
    word->append(quote ? backslashes / 2 : backslashes, '\\');
    if (!quote) {
      if (backslashes > 0) {
        --i;
      } else {
        *word += c;
      }
    } else if (backslashes % 2 == 1) {
      *word += '"';
    } else if (quoted && line.substr(i + 1).starts_with('"')) {
      *word += '"';
      ++i;
    } else {
      quoted = !quoted;
    }
  }
  if (word) words.push_back(*word);
  return words;
}

// The table on that page.
TEST(RuntimeOfTheTest, ReadsWhatMicrosoftSays) {
  EXPECT_THAT(runtime_words(R"("a b c" d e)"), ElementsAre("a b c", "d", "e"));
  EXPECT_THAT(runtime_words(R"("ab\"c" "\\" d)"), ElementsAre("ab\"c", "\\", "d"));
  EXPECT_THAT(runtime_words(R"(a\\\b d"e f"g h)"), ElementsAre(R"(a\\\b)", "de fg", "h"));
  EXPECT_THAT(runtime_words(R"(a\\\"b c d)"), ElementsAre(R"(a\"b)", "c", "d"));
  EXPECT_THAT(runtime_words(R"(a\\\\"b c" d e)"), ElementsAre(R"(a\\b c)", "d", "e"));
  EXPECT_THAT(runtime_words(R"(a"b"" c d)"), ElementsAre("ab\" c d"));
}

/// The prompt of cmd.exe with one variable: it is put in first, then carets and quotes count.
std::string behind_cmd(std::string line, const std::map<std::string, std::string>& variables) {
  for (std::size_t at = 0; (at = line.find('%', at)) != std::string::npos;) {
    const auto end = line.find('%', at + 1);
    if (end == std::string::npos) break;
    const auto found = variables.find(line.substr(at + 1, end - at - 1));
    if (found == variables.end()) {
      ++at;
    } else {
      line.replace(at, end + 1 - at, found->second);
      at += found->second.size();
    }
  }
  std::string out;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (!quoted && line[i] == '^' && i + 1 < line.size()) {
      out += line[++i];
      continue;
    }
    EXPECT_FALSE(!quoted && std::string_view("&|<>()\n").find(line[i]) != std::string_view::npos);
    out += line[i];
  }
  return out;
}

// "Escape Characters, Delimiters and Quotes" and "Command Line arguments" on ss64.com/nt.
TEST(CmdOfTheTest, ReadsWhatIsPublished) {
  const std::map<std::string, std::string> variables{{"USERNAME", "alice"}};
  EXPECT_EQ(behind_cmd("echo %USERNAME% ^& %x% ^^", variables), "echo alice & %x% ^");
  EXPECT_EQ(behind_cmd("echo %^USERNAME%", variables), "echo %USERNAME%");
  EXPECT_EQ(behind_cmd("echo \"a ^& b\"", variables), "echo \"a ^& b\"");
}

struct Pieces {
  std::mt19937 generator{849};
  std::vector<std::string> pieces{
      "a",        " ",    "\"",   "\\",     "\\\\", "%",      "%USERNAME%", "^", "&",
      "|",        "<",    "(",    ")",      "!",    "'",      "\u2019",     "$", "`",
      "{\"a",     "\": ", ",",    "\u00fc", "=",    "-",      ".",          ";", "*",
      "USERNAME", "x y",  "\"\"", "\\\" ",  "@",    "\u00a0", "https://h/"};
  std::string word() {
    std::string word;
    for (auto n = generator() % 8; n > 0; --n) word += pieces[generator() % pieces.size()];
    return word;
  }
};

TEST(ShellQuote, WritesForCmd) {
  EXPECT_EQ(command(Shell::cmd, {"-q", "https://h/", "a b", ""}),
            "curl -q https://h/ ^\"a b^\" ^\"^\"");
  EXPECT_EQ(command(Shell::cmd, {"x%41\"&"}), R"(curl ^"x^%^41^\^"^&^")");
  Pieces pieces;
  for (int i = 0; i < 2000; ++i) {
    const Words words{pieces.word(), pieces.word()};
    const auto line = command(Shell::cmd, words);
    const auto got = runtime_words(behind_cmd(line, {{"USERNAME", "alice"}, {"", "x"}}));
    EXPECT_THAT(got, ElementsAre("curl", words[0], words[1])) << line;
  }
}

/// The words of a command of PowerShell, literals and sums of them alone.
Words powershell_values(std::string_view text) {
  Words values;
  while (!text.empty()) {
    if (text.front() == ' ' || text.front() == '+' || text.front() == ')') {
      text.remove_prefix(1);
      continue;
    }
    const bool sum = text.front() == '(';
    if (sum) text.remove_prefix(1);
    std::string value;
    bool more = true;
    while (more) {
      if (text.starts_with("[char]0x")) {
        std::size_t length = 0;
        const auto code = std::stoul(std::string(text.substr(8)), &length, 16);
        value += static_cast<char>(code);  // ASCII alone in these tests
        text.remove_prefix(8 + length);
      } else if (text.front() == '\'') {
        text.remove_prefix(1);
        while (!text.empty()) {
          const auto point = first_code_point(text);
          const auto is_quote = [](std::uint32_t c) {
            return c == '\'' || (c >= 0x2018 && c <= 0x201b);
          };
          text.remove_prefix(point.length);
          if (is_quote(point.value)) {
            if (text.empty() || !is_quote(first_code_point(text).value)) break;
            const auto second = first_code_point(text);
            value += text.substr(0, second.length);
            text.remove_prefix(second.length);
          } else {
            value += std::string_view(text.data() - point.length, point.length);
          }
        }
      } else {
        const auto end = std::min(text.find(' '), text.size());
        EXPECT_EQ(text.substr(0, end).find_first_of("'\"$`@(){};,|&<>#."), std::string_view::npos);
        value += text.substr(0, end);
        text.remove_prefix(end);
      }
      more = sum && text.starts_with(" + ");
      if (more) text.remove_prefix(3);
    }
    values.push_back(value);
  }
  return values;
}

/// Windows PowerShell 5.1 and PowerShell 7, as their NativeCommandParameterBinder does.
std::string native_line(const Words& values, bool seven) {
  std::string line;
  for (const auto& value : values) {
    if (value.empty()) continue;
    int quotes = 0;
    bool wraps = false;
    bool behind_backslash = false;
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (value[i] == '"' && !(seven && behind_backslash)) ++quotes;
      const bool white = value[i] == ' ' || value[i] == '\n' || value[i] == '\t' ||
                         value.substr(i).starts_with("\u00a0");
      if (white && quotes % 2 == 0) wraps = true;
      behind_backslash = value[i] == '\\';
    }
    line += ' ';
    if (wraps) line += '"';
    line += value;
    if (wraps && seven) {
      for (auto i = value.size(); i > 0 && value[i - 1] == '\\'; --i) line += '\\';
    }
    if (wraps) line += '"';
  }
  return line;
}

Words behind_powershell(const std::string& line, bool seven) {
  const std::string_view before =
      "& { $PSNativeCommandArgumentPassing = 'Legacy'; & (Get-Command curl -CommandType "
      "Application -TotalCount 1) ";
  EXPECT_TRUE(line.starts_with(before) && line.ends_with(" }")) << line;
  return runtime_words(native_line(powershell_values(std::string_view(line).substr(
                                       before.size(), line.size() - before.size() - 2)),
                                   seven));
}

TEST(ShellQuote, WritesForPowerShell) {
  EXPECT_THAT(command(Shell::powershell, {"-q", "it's \u2019", "a.b", "0x10", ""}),
              HasSubstr(") -q 'it''s \u2019\u2019' 'a.b' '0x10' '\"\"' }"));
  EXPECT_THAT(command(Shell::powershell, {"a=\"b\"", "\x1b"}),
              HasSubstr(R"( 'a=\"b\"' ('' + [char]0x1b) })"));
  const Words words{"-H",        "Authorization: OAuth a=\"b%3D\", c=\"d\"",
                    "-d",        "{\"a\": \"b c\"}",
                    "--json",    "{\"a\":\"b c\"}",
                    "C:\\a b\\", "two\nlines",
                    "",          "a\tb",
                    "\\",        "\\\""};
  for (const bool seven : {false, true}) {
    EXPECT_EQ(behind_powershell(command(Shell::powershell, words), seven), words);
  }
}

TEST(ShellQuote, IsReadAlikeByEveryPowerShell) {
  Pieces pieces;
  int refused = 0;
  for (int i = 0; i < 2000; ++i) {
    const Words words{pieces.word(), pieces.word()};
    const auto line = shell_command(Shell::powershell, "curl", words);
    if (!line) {
      ++refused;
      EXPECT_NE((words[0] + words[1]).find("\\\""), std::string::npos);
      continue;
    }
    EXPECT_EQ(behind_powershell(*line, false), words) << *line;
    EXPECT_EQ(behind_powershell(*line, true), words) << *line;
  }
  EXPECT_LT(refused, 400);
}

}  // namespace
}  // namespace applink::calls
