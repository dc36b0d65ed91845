// Lines of a curl config file: `option = value`, `-x value`, "quoted \"values\"", # comments.
#include "calls/curl_config.h"

#include <fmt/format.h>

#include "applink/base/text.h"

namespace applink::calls {
namespace {

constexpr std::string_view curl_blanks = " \t\v\f\r";

bool is_curl_blank(char c) {
  return curl_blanks.find(c) != std::string_view::npos;
}

std::string_view without_blanks(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(curl_blanks), text.size()));
}

/// curl 7.88 leaves out lines that begin so; later ones read only "#" as a comment.
bool is_comment(std::string_view line) {
  return line.empty() || line.front() == '#' || line.front() == '/' || line.front() == '*';
}

char unescaped(char c) {
  switch (c) {
    case 't':
      return '\t';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 'v':
      return '\v';
    default:
      return c;
  }
}

/// What stands between the quotes, of which the first is passed; absent where the second is not
/// there.
std::optional<std::string> quoted(std::string_view text) {
  std::string value;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') return value;
    if (text[i] == '\\') {
      if (++i == text.size()) return std::nullopt;
      value += unescaped(text[i]);
    } else {
      value += text[i];
    }
  }
  return std::nullopt;
}

tl::unexpected<Error> refuse_config(std::string_view file, std::size_t line, std::string_view what,
                                    std::string hint) {
  return fail(ErrorCode::usage, fmt::format("line {} of {} {}", line, terminal_safe(file), what),
              std::move(hint));
}

class ConfigLine {
 public:
  ConfigLine(std::string_view file, std::size_t number) : file_(file), number_(number) {}

  [[nodiscard]] Result<CurlConfigLine> read(std::string_view line) const {
    const bool dashed = line.front() == '-';
    const auto separates = [dashed](char c) {
      return is_curl_blank(c) || (!dashed && (c == '=' || c == ':'));
    };
    std::size_t end = 0;
    while (end < line.size() && !separates(line[end])) ++end;
    std::size_t begin = end;
    while (begin < line.size() && separates(line[begin])) ++begin;
    TRY_ASSIGN(auto value, this->value(line.substr(begin)));
    return CurlConfigLine{std::string(line.substr(0, end)), std::move(value)};
  }

 private:
  [[nodiscard]] Result<std::optional<std::string>> value(std::string_view text) const {
    if (text.empty()) return std::nullopt;
    if (text.front() == '"') {
      auto value = quoted(text.substr(1));
      if (value) return value;
      return refuse_config(file_, number_, "begins a quoted value that does not end",
                           "close the double quotes on the same line");
    }
    std::size_t end = 0;
    while (end < text.size() && !is_curl_blank(text[end])) ++end;
    const auto rest = without_blanks(text.substr(end));
    if (!rest.empty() && rest.front() != '#') {
      return refuse_config(file_, number_, "goes on behind a blank, where curl stops to read",
                           "put the value in double quotes");
    }
    return std::string(text.substr(0, end));
  }

  std::string_view file_;
  std::size_t number_;
};

}  // namespace

Result<std::vector<CurlConfigLine>> parse_curl_config(std::string_view text,
                                                      std::string_view file) {
  if (text.find('\0') != std::string_view::npos) {
    return fail(ErrorCode::usage, fmt::format("{} holds a zero byte", terminal_safe(file)),
                "give -K a text file, with one option a line");
  }
  std::vector<CurlConfigLine> lines;
  std::size_t number = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = without_blanks(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (is_comment(line)) continue;
    TRY_ASSIGN(auto parsed, ConfigLine(file, number).read(line));
    lines.push_back(std::move(parsed));
  }
  return lines;
}

}  // namespace applink::calls
