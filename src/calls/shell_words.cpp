// Reads the words one after the other, by POSIX's Shell Command Language, sections 2.2 and 2.3.
#include "applink/calls/shell_words.h"

#include <algorithm>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "calls/ansi_c_quoting.h"

namespace applink::calls {
namespace {

bool is_blank(char letter) {
  return letter == ' ' || letter == '\t';
}

bool begins_name(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_';
}

bool begins_expansion(char letter) {
  return begins_name(letter) ||
         std::string_view("({0123456789@*#?!$-").find(letter) != std::string_view::npos;
}

class Splitter {
 public:
  explicit Splitter(std::string_view command) : rest_(command) {}

  Result<std::vector<std::string>> words() {
    std::vector<std::string> words;
    while (skip_between_words()) {
      if (ended_) return second_command("a line end");
      if (at('#')) {
        skip_comment();
        continue;
      }
      TRY_ASSIGN(std::string word, next_word());
      words.push_back(std::move(word));
      ended_ = at('\n') || at('\r');
    }
    if (!words.empty()) return words;
    return fail(ErrorCode::usage, "the command is empty",
                "paste the whole command, from curl on to its last argument");
  }

 private:
  [[nodiscard]] bool at(char letter) const { return !rest_.empty() && rest_.front() == letter; }
  [[nodiscard]] bool at_line_continuation() const {
    return rest_.starts_with("\\\n") || rest_.starts_with("\\\r\n");
  }
  void skip_line_continuation() { rest_.remove_prefix(rest_.find('\n') + 1); }

  char take() {
    const char letter = rest_.front();
    rest_.remove_prefix(1);
    return letter;
  }

  /// False at the end. Notes the line ends behind a word: the command ends with them.
  bool skip_between_words() {
    while (!rest_.empty()) {
      if (at_line_continuation()) {
        skip_line_continuation();
      } else if (is_blank(rest_.front())) {
        take();
      } else if (at('\n') || at('\r')) {
        ended_ = ended_ || begun_;
        take();
      } else {
        break;
      }
    }
    return !rest_.empty();
  }

  void skip_comment() { rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size())); }

  Result<std::string> next_word() {
    begun_ = true;
    std::string word;
    while (!rest_.empty() && !is_blank(rest_.front()) && !at('\n') && !at('\r')) {
      if (at_line_continuation()) {
        skip_line_continuation();
        continue;
      }
      TRY(take_part(word));
    }
    return word;
  }

  Result<void> take_part(std::string& word) {
    const char letter = take();
    switch (letter) {
      case '\'':
        return take_single_quoted(word);
      case '"':
        return take_double_quoted(word);
      case '\\':
        if (rest_.empty()) return unfinished("a backslash");
        word += take();
        return {};
      case '$':
        return take_dollar(word);
      case '`':
        return unknown_value("`…`");
      case '^':
        if (at('"') || at('\\')) return written_for_cmd();
        word += letter;
        return {};
      default:
        if (std::string_view("|&;<>()").find(letter) != std::string_view::npos) {
          return second_command(fmt::format("a {} outside of quotes", letter));
        }
        word += letter;
        return {};
    }
  }

  Result<void> take_single_quoted(std::string& word) {
    const auto end = rest_.find('\'');
    if (end == std::string_view::npos) return unfinished("a ' without its fellow");
    word += rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return {};
  }

  Result<void> take_double_quoted(std::string& word) {
    while (!rest_.empty()) {
      if (at_line_continuation()) {
        skip_line_continuation();
        continue;
      }
      const char letter = take();
      if (letter == '"') return {};
      if (letter == '`') return unknown_value("`…`");
      if (letter == '$' && !rest_.empty() && begins_expansion(rest_.front())) return expansion();
      const bool escapes = letter == '\\' && !rest_.empty() &&
                           std::string_view("$`\"\\").find(rest_.front()) != std::string_view::npos;
      word += escapes ? take() : letter;
    }
    return unfinished("a \" without its fellow");
  }

  Result<void> take_dollar(std::string& word) {
    if (at('\'')) {
      take();
      return take_ansi_c_quoted(word);
    }
    if (at('"')) return {};  // a text to be translated: the quotes are next
    if (!rest_.empty() && begins_expansion(rest_.front())) return expansion();
    word += '$';
    return {};
  }

  Result<void> take_ansi_c_quoted(std::string& word) {
    bool cut_off = false;  // bash takes nothing from a NUL on
    while (!rest_.empty()) {
      const char letter = take();
      if (letter == '\'') return {};
      if (letter == '\\' && rest_.empty()) break;
      const std::string part = letter == '\\' ? take_ansi_c_escape(rest_) : std::string(1, letter);
      cut_off = cut_off || part.empty();
      if (!cut_off) word += part;
    }
    return unfinished("a $' without its end");
  }

  /// `rest_` begins behind the "$".
  Result<void> expansion() {
    if (!begins_name(rest_.front())) return unknown_value(fmt::format("${}…", rest_.front()));
    const auto end = std::find_if(rest_.begin(), rest_.end(), [](char letter) {
      return !begins_name(letter) && !(letter >= '0' && letter <= '9');
    });
    return unknown_value(
        fmt::format("${}", std::string_view(rest_.begin(), end).substr(0, longest_shown)));
  }

  static tl::unexpected<Error> unknown_value(std::string_view what) {
    return fail(ErrorCode::usage,
                fmt::format("the command has {}, whose value only the shell that ran it knows",
                            terminal_safe(what)),
                "put the value there itself, in single quotes");
  }

  static tl::unexpected<Error> unfinished(std::string_view what) {
    return fail(ErrorCode::usage, fmt::format("the command ends in {}", what),
                "paste it whole, as the shell was given it");
  }

  static tl::unexpected<Error> second_command(std::string_view what) {
    return fail(ErrorCode::usage, fmt::format("the command has {}, where a shell ends it", what),
                "paste one command alone, up to there; a URL with a & in it stands in quotes");
  }

  static tl::unexpected<Error> written_for_cmd() {
    return fail(ErrorCode::usage, "the command is written for cmd.exe",
                "take it anew from the browser: Copy as cURL (bash)");
  }

  static constexpr std::size_t longest_shown = 40;

  std::string_view rest_;
  bool begun_ = false;  ///< there was a word
  bool ended_ = false;  ///< and a line end behind it
};

}  // namespace

Result<std::vector<std::string>> shell_words(std::string_view command) {
  return Splitter(command).words();
}

}  // namespace applink::calls
