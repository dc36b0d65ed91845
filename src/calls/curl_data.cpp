// Data of curl: read from files, stripped of line ends, encoded, joined.
#include "calls/curl_data.h"

#include <algorithm>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/oauth1/percent_encoding.h"
#include "calls/curl_refusal.h"

namespace applink::calls {
namespace {

/// Linux takes 128 KiB in one argument.
constexpr std::size_t longest_written_out = 100'000;

std::string named(std::string_view path) {
  return path == "-" ? "standard input" : terminal_safe(path);
}

/// What -d makes of a file: all of it but its line ends. Where a zero byte or a stray carriage
/// return stands, one curl drops more than the other.
Result<std::string> without_line_ends(std::string_view text, std::string_view path) {
  const std::string keep = fmt::format("give it with --data-binary @{}, which keeps all bytes",
                                       path == "-" ? "-" : "FILE");
  if (text.find('\0') != std::string_view::npos) {
    return refuse_line(fmt::format("{} holds a zero byte, where -d stops to read", named(path)),
                       keep);
  }
  std::string stripped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') continue;
    if (text[i] != '\r') {
      stripped += text[i];
      continue;
    }
    const auto after = text.find_first_not_of('\r', i);
    if (after != std::string_view::npos && text[after] != '\n') {
      return refuse_line(fmt::format("{} has a carriage return within a line, which not every curl "
                                     "reads alike with -d",
                                     named(path)),
                         keep);
    }
  }
  return stripped;
}

/// curl's own way: what is not unreserved as %XX, but a space as "+".
std::string form_encoded(std::string_view bytes) {
  std::string text;
  for (std::size_t begin = 0; begin <= bytes.size();) {
    const auto end = std::min(bytes.find(' ', begin), bytes.size());
    text += oauth1::percent_encode(bytes.substr(begin, end - begin));
    if (end < bytes.size()) text += '+';
    begin = end + 1;
  }
  return text;
}

/// The five forms: CONTENT, =CONTENT, NAME=CONTENT, @FILE, NAME@FILE.
Result<std::string> url_encoded(std::string_view value, CurlFiles& files) {
  auto separator = value.find('=');
  if (separator == std::string_view::npos) separator = value.find('@');
  if (separator == std::string_view::npos) return form_encoded(value);
  const auto name = value.substr(0, separator);
  std::string content(value.substr(separator + 1));
  if (value[separator] == '@') {
    TRY_ASSIGN(content, files.read(content));
    // Of an empty file curl adds not even the name.
    if (content.empty()) return std::string();
  }
  return fmt::format("{}{}{}", name, name.empty() ? "" : "=", form_encoded(content));
}

Result<std::string> content_of(const CurlWord& word, CurlFiles& files) {
  if (word.is(CurlEffect::data_urlencode)) return url_encoded(word.value, files);
  if (word.is(CurlEffect::data_raw) || !word.value.starts_with('@')) return word.value;
  const auto path = word.value.substr(1);
  TRY_ASSIGN(auto content, files.read(path));
  if (word.is(CurlEffect::data)) return without_line_ends(content, path);
  return content;
}

/// A word that adds the same bytes without the file.
Result<CurlWord> written_out(const CurlWord& word, const std::string& content) {
  const std::string source =
      reads_standard_input(word) ? "standard input" : fmt::format("the file of {}", name_of(word));
  const bool json = word.is(CurlEffect::json);
  if (content.find('\0') != std::string::npos || (json && content.starts_with('@'))) {
    return refuse_line(source + " holds what no argument can", "put it into a file on disk");
  }
  if (content.size() > longest_written_out) {
    return refuse_line(
        fmt::format("{} holds {} bytes, more than an argument takes", source, content.size()),
        "put it into a file on disk");
  }
  return CurlWord{exact_curl_option(json ? "json" : "data-raw"), content};
}

}  // namespace

Result<CurlData> read_curl_data(std::span<const CurlWord> words, CurlFiles& files, ReadOnce once) {
  CurlData data;
  for (const auto& word : words) {
    TRY_ASSIGN(const auto content, content_of(word, files));
    if (!data.words.empty() && !word.is(CurlEffect::json)) data.bytes += '&';
    data.bytes += content;
    if (reads_once(word) && once == ReadOnce::written_out) {
      TRY_ASSIGN(auto replaced, written_out(word, content));
      data.words.push_back(std::move(replaced));
    } else {
      data.words.push_back(word);
    }
  }
  return data;
}

Result<std::string> read_curl_query(std::span<const CurlWord> words, CurlFiles& files) {
  std::string query;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& value = words[i].value;
    auto part =
        value.starts_with('+') ? Result<std::string>(value.substr(1)) : url_encoded(value, files);
    if (!part) return part;
    query += (i == 0 ? "" : "&") + *part;
  }
  return query;
}

}  // namespace applink::calls
