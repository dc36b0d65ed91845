// Reading the items of an Authorization or WWW-Authenticate header.
#include "oauth1/auth_parameters.h"

#include "applink/base/text.h"
#include "applink/http/message.h"

namespace applink::oauth1 {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

}  // namespace

std::optional<std::string_view> after_oauth_scheme(std::string_view header_value) {
  constexpr std::string_view scheme = "oauth";
  header_value = trim_ascii(header_value);
  if (to_lower_ascii(header_value.substr(0, scheme.size())) != scheme) return std::nullopt;
  header_value.remove_prefix(scheme.size());
  if (!header_value.empty() && !is_blank(header_value.front())) return std::nullopt;
  return trim_ascii(header_value);
}

std::string unquote(std::string_view raw_value) {
  std::string value;
  value.reserve(raw_value.size());
  for (std::size_t at = 0; at < raw_value.size(); ++at) {
    if (raw_value[at] == '\\' && at + 1 < raw_value.size()) ++at;
    value += raw_value[at];
  }
  return value;
}

void AuthParameterScanner::skip_blanks() {
  while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
}

std::string_view AuthParameterScanner::take_name() {
  const std::size_t begin = at_;
  while (at_ < text_.size() && http::is_token(text_.substr(at_, 1))) ++at_;
  return text_.substr(begin, at_ - begin);
}

std::optional<RawAuthParameter> AuthParameterScanner::take_quoted(std::string_view name) {
  std::size_t end = at_ + 1;
  while (end < text_.size() && text_[end] != '"') end += text_[end] == '\\' ? 2 : 1;
  if (end >= text_.size()) return std::nullopt;
  const std::string_view value = text_.substr(at_ + 1, end - at_ - 1);
  at_ = end + 1;
  return RawAuthParameter{name, value, Quoting::quoted};
}

RawAuthParameter AuthParameterScanner::take_bare(std::string_view name) {
  const std::size_t begin = at_;
  while (!at_end() && !at(',') && !at('"') && !is_blank(text_[at_])) ++at_;
  return {name, text_.substr(begin, at_ - begin), Quoting::bare};
}

//= rfc5849#3.5.1
//# Parameters are separated by a "," character (ASCII code 44) and OPTIONAL linear whitespace per
//# [RFC2617].
void AuthParameterScanner::take_separator() {
  skip_blanks();
  if (at_end()) return;
  failed_ = !at(',');
  if (failed_) return;
  ++at_;
  skip_blanks();
  failed_ = at_end();
}

std::optional<RawAuthParameter> AuthParameterScanner::next() {
  if (failed_ || at_end()) return std::nullopt;
  const std::size_t begin = at_;
  const std::string_view name = take_name();
  std::optional<RawAuthParameter> parameter;
  if (!name.empty() && at('=')) {
    ++at_;
    parameter = at('"') ? take_quoted(name) : take_bare(name);
  }
  if (!parameter) {
    at_ = begin;
    failed_ = true;
    return std::nullopt;
  }
  take_separator();
  return parameter;
}

}  // namespace applink::oauth1
