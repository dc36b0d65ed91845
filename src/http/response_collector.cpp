// A response from its lines.
#include "http/response_collector.h"

#include <charconv>
#include <exception>
#include <string>
#include <utility>

#include "applink/base/text.h"

namespace applink::http {
namespace {

constexpr std::size_t max_header_bytes = std::size_t{1} << 20;

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

bool ResponseCollector::take_header_line(std::string_view line) noexcept {
  header_bytes_ += line.size();
  overflowed_ = overflowed_ || header_bytes_ > max_header_bytes;
  if (overflowed_) return false;
  try {
    keep_header_line(without_line_end(line));
  } catch (const std::exception&) {  // bad_alloc, or length_error
    out_of_memory_ = true;
  }
  return !out_of_memory_;
}

void ResponseCollector::keep_header_line(std::string_view text) {
  if (text.empty()) {
    in_head_ = false;
  } else if (in_head_) {
    take_field(text);
  } else if (text.starts_with("HTTP/")) {
    begin_head(text);
  }
}

void ResponseCollector::begin_head(std::string_view status_line) {
  in_head_ = true;
  response_ = {};
  const auto space = status_line.find(' ');
  if (space == std::string_view::npos) return;
  const auto digits = status_line.substr(space + 1, 3);
  unsigned status = 0;  // without a sign: "-1" is no status
  std::from_chars(digits.data(), digits.data() + digits.size(), status);
  response_.status = static_cast<int>(status);
}

void ResponseCollector::take_field(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return;
  response_.headers.add(std::string(line.substr(0, colon)),
                        std::string(trim_ascii(line.substr(colon + 1))));
}

bool ResponseCollector::take_body(std::string_view bytes) noexcept {
  overflowed_ = overflowed_ || bytes.size() > max_body_ - response_.body.size();
  if (overflowed_) return false;
  try {
    response_.body += bytes;
  } catch (const std::exception&) {
    out_of_memory_ = true;
  }
  return !out_of_memory_;
}

}  // namespace applink::http
