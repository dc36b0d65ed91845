// Words of a curl command line written as arguments again.
#include "calls/curl_words.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

namespace applink::calls {
namespace {

/// What stands behind "@" at the beginning, or at the end of a name.
std::optional<std::string_view> behind_at(std::string_view value) {
  const auto at = value.find('@');
  if (at == std::string_view::npos) return std::nullopt;
  return value.substr(at + 1);
}

/// The file of -F NAME=@FILE;type=… and NAME=<FILE.
std::optional<std::string_view> file_of_form(std::string_view value) {
  const auto content = value.substr(std::min(value.find('='), value.size()));
  if (!content.starts_with("=@") && !content.starts_with("=<")) return std::nullopt;
  return content.substr(2, content.find_first_of(";,") - 2);
}

/// The file that the word makes curl read its value from.
std::optional<std::string_view> file_of(const CurlWord& word) {
  const std::string_view value = word.value;
  switch (word.option->effect) {
    case CurlEffect::config:
    case CurlEffect::upload:
      return value;
    case CurlEffect::data:
    case CurlEffect::data_binary:
    case CurlEffect::json:
    case CurlEffect::header:
      return value.starts_with('@') ? behind_at(value) : std::nullopt;
    case CurlEffect::data_urlencode:
      return value.find('=') == std::string_view::npos ? behind_at(value) : std::nullopt;
    case CurlEffect::url_query:
      return value.find('=') == std::string_view::npos && !value.starts_with('+') ? behind_at(value)
                                                                                  : std::nullopt;
    case CurlEffect::form:
      return word.option->name == "form" ? file_of_form(value) : std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace

std::string name_of(const CurlWord& word) {
  if (word.spelling != CurlWord::Spelling::name) return fmt::format("-{}", word.option->letter);
  return fmt::format("--{}{}", word.on() ? "" : "no-", word.option->name);
}

bool reads_standard_input(const CurlWord& word) {
  const auto file = file_of(word);
  if (!file) return false;
  if (word.is(CurlEffect::upload) && *file == ".") return true;
  return *file == "-" || *file == "/dev/stdin" || *file == "/dev/fd/0" ||
         *file == "/proc/self/fd/0";
}

bool reads_once(const CurlWord& word) {
  const auto file = file_of(word);
  return reads_standard_input(word) ||
         (file && (file->starts_with("/dev/") || file->starts_with("/proc/")));
}

std::vector<std::string> as_arguments(std::span<const CurlWord> words) {
  std::vector<std::string> arguments;
  bool open = false;  // the last argument is a cluster that may go on
  for (const auto& word : words) {
    const bool takes_value = word.option->takes == CurlTakes::value;
    if (word.spelling == CurlWord::Spelling::cluster && open && !takes_value) {
      arguments.back() += word.option->letter;
    } else {
      arguments.push_back(name_of(word));
      if (takes_value) arguments.push_back(word.value);
    }
    open = word.spelling != CurlWord::Spelling::name && !takes_value;
  }
  return arguments;
}

}  // namespace applink::calls
