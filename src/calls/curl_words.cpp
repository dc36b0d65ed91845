// Words of a curl command line written as arguments again.
#include "calls/curl_words.h"

#include <algorithm>

#include <fmt/format.h>

namespace applink::calls {
namespace {

/// -d @-, --data-urlencode NAME@-, -F NAME=@-, -T -.
bool names_standard_input(CurlEffect effect, std::string_view value) {
  switch (effect) {
    case CurlEffect::config:
      return value == "-";
    case CurlEffect::upload:
      return value == "-" || value == ".";
    case CurlEffect::data:
    case CurlEffect::data_binary:
    case CurlEffect::json:
    case CurlEffect::header:
      return value == "@-";
    case CurlEffect::data_urlencode:
    case CurlEffect::url_query:
      return value.find('=') == std::string_view::npos && !value.starts_with('+') &&
             value.substr(std::min(value.find('@'), value.size())) == "@-";
    case CurlEffect::form: {
      const auto content = value.substr(std::min(value.find('='), value.size()));
      return content.starts_with("=@-") || content.starts_with("=<-");
    }
    default:
      return false;
  }
}

}  // namespace

std::string name_of(const CurlWord& word) {
  if (word.spelling != CurlWord::Spelling::name) return fmt::format("-{}", word.option->letter);
  return fmt::format("--{}{}", word.on() ? "" : "no-", word.option->name);
}

bool reads_standard_input(const CurlWord& word) {
  if (word.option->name == "form-string") return false;
  return names_standard_input(word.option->effect, word.value);
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
