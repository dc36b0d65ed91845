// A word passes two readers on Windows: the shell, and the C runtime of the program.
#include "calls/windows_quoting.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/base/utf8.h"
#include "calls/odd_characters.h"

namespace applink::calls {
namespace {

/// How the C runtime is given a quote. "" is one between quotes alone, and not to the runtimes from
/// before Visual Studio 2008.
enum class QuoteAs { backslash, doubled };

/// By Microsoft's "Parsing C++ command-line arguments": a backslash escapes where a quote follows.
std::string runtime_escaped(std::string_view word, QuoteAs quote_as) {
  std::string out;
  std::size_t backslashes = 0;
  for (const char c : word) {
    if (c == '"') {
      out.append(backslashes, '\\');
      out += quote_as == QuoteAs::backslash ? "\\\"" : "\"\"";
    } else {
      out += c;
    }
    backslashes = c == '\\' ? backslashes + 1 : 0;
  }
  return out;
}

std::string runtime_quoted(std::string_view word, QuoteAs quote_as) {
  const auto last = word.find_last_not_of('\\');
  const auto trailing = word.size() - (last == std::string_view::npos ? 0 : last + 1);
  return fmt::format("\"{}{}\"", runtime_escaped(word, quote_as), std::string(trailing, '\\'));
}

/// What .NET's Char.IsWhiteSpace says.
bool is_white(std::uint32_t point) {
  constexpr std::array<std::uint32_t, 9> others{0x20,   0x85,   0xa0,   0x1680, 0x2028,
                                                0x2029, 0x202f, 0x205f, 0x3000};
  return (point >= 9 && point <= 13) || (point >= 0x2000 && point <= 0x200a) ||
         std::find(others.begin(), others.end(), point) != others.end();
}

bool has_white(std::string_view text) {
  for (; !text.empty(); text.remove_prefix(first_code_point(text).length)) {
    if (is_white(first_code_point(text).value)) return true;
  }
  return false;
}

enum class Version { windows_powershell, powershell_7 };

/// Whether PowerShell puts quotes around an argument by itself: where it sees a blank behind an
/// even number of quotes. Version 7 passes over a quote behind a backslash.
bool puts_quotes_around(std::string_view argument, Version version) {
  bool even = true;
  bool behind_backslash = false;
  while (!argument.empty()) {
    const auto point = first_code_point(argument);
    const bool counts = version == Version::windows_powershell || !behind_backslash;
    if (point.value == '"' && counts) even = !even;
    if (is_white(point.value) && even) return true;
    behind_backslash = point.value == '\\';
    argument.remove_prefix(point.length);
  }
  return false;
}

/// What PowerShell must be given, so that the runtime gets `word` from each version of it.
Result<std::string> powershell_argument(std::string_view word) {
  auto bare = runtime_escaped(word, QuoteAs::backslash);
  if (!word.empty() && !has_white(word)) return bare;
  const auto quotes = [](std::string_view argument, Version version) {
    return puts_quotes_around(argument, version);
  };
  // Windows PowerShell sets its quote behind a backslash as if that escaped nothing.
  const bool quoted_by_both = quotes(bare, Version::windows_powershell) &&
                              quotes(bare, Version::powershell_7) && !word.ends_with('\\');
  if (quoted_by_both) return bare;
  for (const auto quote_as : {QuoteAs::backslash, QuoteAs::doubled}) {
    auto whole = runtime_quoted(word, quote_as);
    if (!quotes(whole, Version::windows_powershell) && !quotes(whole, Version::powershell_7)) {
      return whole;
    }
  }
  return fail(ErrorCode::usage,
              "an argument has a backslash before a quote, and no spelling of it is right in every "
              "PowerShell",
              "give a body in a file: -d @FILE, or --data-binary @FILE");
}

/// PowerShell takes the typographic quotes for the plain one, and each is doubled.
std::string powershell_literal(std::string_view text) {
  std::string out = "'";
  while (!text.empty()) {
    const auto point = first_code_point(text);
    const auto character = text.substr(0, point.length);
    out += character;
    if (point.value == '\'' || (point.value >= 0x2018 && point.value <= 0x201b)) out += character;
    text.remove_prefix(point.length);
  }
  return out + "'";
}

std::string powershell_characters(std::string_view text) {
  std::string out;
  for (; !text.empty(); text.remove_prefix(first_code_point(text).length)) {
    out += fmt::format(" + [char]0x{:x}", first_code_point(text).value);
  }
  return out;
}

std::string powershell_expression(std::string_view text) {
  std::string out = "(''";
  while (const auto run = first_run(text)) {
    out += run->odd ? powershell_characters(run->bytes) : " + " + powershell_literal(run->bytes);
    text.remove_prefix(run->bytes.size());
  }
  return out + ")";
}

/// cmd.exe makes nothing of it, in the arguments of a program.
bool is_plain_to_cmd(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view(" -_./:,+'~").find(c) != std::string_view::npos;
}

}  // namespace

Result<std::string> powershell_word(std::string_view word) {
  if (!is_utf8(word)) {
    return fail(ErrorCode::usage, "an argument has bytes that are no UTF-8, which PowerShell lacks",
                "give the bytes in a file: --data-binary @FILE");
  }
  TRY_ASSIGN(const auto argument, powershell_argument(word));
  const auto run = first_run(argument);
  const bool whole = run && run->bytes.size() == argument.size() && !run->odd;
  return whole ? powershell_literal(argument) : powershell_expression(argument);
}

Result<std::string> cmd_word(std::string_view word) {
  if (terminal_safe(word) != word) {
    return fail(ErrorCode::usage,
                "an argument has a line end or another control character, which cmd cannot write",
                "choose another shell (--shell powershell), or give a body in a file: -d @FILE");
  }
  std::string out;
  bool behind_percent = false;
  for (const char c : runtime_quoted(word, QuoteAs::backslash)) {
    // Where "%" is not followed by a name, it begins no variable; and none begins with a caret.
    if (!is_plain_to_cmd(c) || behind_percent) out += '^';
    out += c;
    behind_percent = c == '%';
  }
  return out;
}

}  // namespace applink::calls
