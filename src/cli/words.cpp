// Splits a command at white space, and heeds quotes and backslashes.
#include "cli/words.h"

#include <optional>

#include <fmt/format.h>

namespace applink::cli {
namespace {

constexpr char single_quote = '\'';
constexpr char double_quote = '"';
constexpr char backslash = '\\';

bool is_white(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

/// Reads the words one after the other; `rest_` begins at what is not read yet.
class Splitter {
 public:
  explicit Splitter(std::string_view command) : rest_(command) {}

  Result<std::vector<std::string>> words() {
    std::vector<std::string> words;
    while (skip_white()) {
      TRY_ASSIGN(std::string word, next_word());
      words.push_back(std::move(word));
    }
    if (!words.empty() && !words.front().empty()) return words;
    return fail(ErrorCode::usage, "the command is empty", "name a program and its arguments");
  }

 private:
  /// False at the end.
  bool skip_white() {
    while (!rest_.empty() && is_white(rest_.front())) rest_.remove_prefix(1);
    return !rest_.empty();
  }

  Result<std::string> next_word() {
    std::string word;
    while (!rest_.empty() && !is_white(rest_.front())) {
      const char letter = take();
      if (letter == single_quote || letter == double_quote) {
        TRY(take_quoted(letter, word));
      } else if (letter == backslash) {
        if (rest_.empty()) return unfinished("a backslash");
        word += take();
      } else {
        word += letter;
      }
    }
    return word;
  }

  Result<void> take_quoted(char quote, std::string& word) {
    while (!rest_.empty()) {
      const char letter = take();
      if (letter == quote) return {};
      const bool escapes = quote == double_quote && letter == backslash && !rest_.empty() &&
                           (rest_.front() == double_quote || rest_.front() == backslash);
      word += escapes ? take() : letter;
    }
    return unfinished(fmt::format("a {} without its fellow", quote));
  }

  char take() {
    const char letter = rest_.front();
    rest_.remove_prefix(1);
    return letter;
  }

  static tl::unexpected<Error> unfinished(std::string_view what) {
    return fail(ErrorCode::usage, fmt::format("the command ends in {}", what),
                "quote it as for a shell, which is not asked, though");
  }

  std::string_view rest_;
};

}  // namespace

Result<std::vector<std::string>> split_words(std::string_view command) {
  return Splitter(command).words();
}

}  // namespace applink::cli
