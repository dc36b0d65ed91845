// Arguments of curl written as config files, so that the list of processes does not show them.
#include <string>
#include <vector>

#include <fmt/format.h>

#include "applink/base/secret.h"
#include "applink/calls/curl_command.h"
#include "calls/curl_words.h"

namespace applink::calls {
namespace {

/// curl 7.88 reads lines of up to 100 KiB.
constexpr std::size_t longest_line = 90'000;

/// Between quotes curl knows these escapes, and takes every other byte as it is.
std::string config_quoted(std::string_view value) {
  std::string out = "\"";
  for (const char c : value) {
    if (c == '\n' || c == '\r') {
      out += c == '\n' ? "\\n" : "\\r";
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

/// Data that stands in the word itself, and might as well stand in a file.
bool is_literal_data(const CurlWord& word) {
  if (word.is(CurlEffect::data_raw)) return true;
  const bool may_name_file =
      word.is(CurlEffect::data) || word.is(CurlEffect::data_binary) || word.is(CurlEffect::json);
  return may_name_file && !word.value.starts_with('@');
}

class Hider {
 public:
  explicit Hider(const HandOver& hand_over) : hand_over_(hand_over) {}

  Result<void> take(const CurlWord& word) {
    if (word.is(CurlEffect::no_default_config)) return {};
    const bool takes_value = word.option->takes == CurlTakes::value;
    const auto option = fmt::format("{}{}", word.on() ? "" : "no-", word.option->name);
    if (!takes_value && !word.is(CurlEffect::next)) {
      config_ += option + "\n";
      return {};
    }
    if (!takes_value || word.value.empty()) return show(word);
    auto line = fmt::format("{} = {}\n", option, config_quoted(word.value));
    if (line.size() > longest_line) return take_long(word);
    config_ += line;
    wipe(line);
    return {};
  }

  Result<std::vector<std::string>> finish() {
    TRY(flush());
    return std::move(arguments_);
  }

 private:
  Result<void> take_long(const CurlWord& word) {
    if (!is_literal_data(word)) return show(word);
    TRY_ASSIGN(const auto path, hand_over_(word.value));
    config_ +=
        fmt::format("{} = \"@{}\"\n", word.is(CurlEffect::json) ? "json" : "data-binary", path);
    return {};
  }

  /// Where it stood, for the order may matter.
  Result<void> show(const CurlWord& word) {
    TRY(flush());
    for (auto& argument : as_arguments({&word, 1})) arguments_.push_back(std::move(argument));
    return {};
  }

  Result<void> flush() {
    if (config_.empty()) return {};
    TRY_ASSIGN(auto path, hand_over_(config_));
    wipe(config_);
    config_.clear();
    arguments_.emplace_back("-K");
    arguments_.push_back(std::move(path));
    return {};
  }

  const HandOver& hand_over_;
  std::string config_;
  std::vector<std::string> arguments_{"-q"};
};

}  // namespace

Result<std::vector<std::string>> hidden_curl_arguments(std::span<const std::string> arguments,
                                                       CurlFiles& files,
                                                       const HandOver& hand_over) {
  TRY_ASSIGN(const auto read, curl_words(arguments, files));
  Hider hider(hand_over);
  for (const auto& word : read.words) TRY(hider.take(word));
  return hider.finish();
}

}  // namespace applink::calls
