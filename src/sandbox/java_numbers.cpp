// Java's grammar around std::from_chars.
#include "sandbox/java_numbers.h"

#include <charconv>
#include <system_error>

#include "applink/base/text.h"

namespace applink::sandbox {
namespace {

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
  Number value{};
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  if (result.ec != std::errc{} || result.ptr != end) return std::nullopt;
  return value;
}

// from_chars takes '-' but not '+', and neither does "+-".
std::string_view without_plus(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  return text;
}

}  // namespace

std::optional<double> java_double(std::string_view text) {
  text = without_plus(trim_ascii(text));
  if (text.find_first_not_of("0123456789.eE+-fFdD") != std::string_view::npos) return std::nullopt;
  const bool suffixed = text.find_last_of("fFdD") == text.size() - 1;
  return whole_number<double>(suffixed ? text.substr(0, text.size() - 1) : text);
}

std::optional<std::int64_t> java_long(std::string_view text) {
  return whole_number<std::int64_t>(without_plus(text));
}

}  // namespace applink::sandbox
