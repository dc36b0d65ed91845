// bash(1), QUOTING: $'…'.
#include "calls/ansi_c_quoting.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "applink/base/number.h"

namespace applink::calls {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdefABCDEF";
constexpr std::string_view octal_digits = "01234567";

std::string_view take_digits(std::string_view& rest, std::string_view allowed, std::size_t most) {
  const auto end = std::min(rest.find_first_not_of(allowed), rest.size());
  const auto digits = rest.substr(0, std::min(end, most));
  rest.remove_prefix(digits.size());
  return digits;
}

std::string utf8(std::uint32_t point) {
  const auto tail = [point](unsigned shift) {
    return static_cast<char>(0x80U | ((point >> shift) & 0x3fU));
  };
  if (point < 0x80) return {static_cast<char>(point)};
  if (point < 0x800) return {static_cast<char>(0xc0U | (point >> 6U)), tail(0)};
  if (point < 0x10000) return {static_cast<char>(0xe0U | (point >> 12U)), tail(6), tail(0)};
  return {static_cast<char>(0xf0U | (point >> 18U)), tail(12), tail(6), tail(0)};
}

std::string byte(std::string_view digits, int base) {
  const auto value = static_cast<char>(number_in<unsigned>(digits, base).value_or(0) & 0xffU);
  return value == '\0' ? "" : std::string(1, value);
}

/// \xHH, \uHHHH and \UHHHHHHHH; without a digit they stand for themselves.
std::string numbered(char letter, std::string_view& rest) {
  const std::size_t most = letter == 'x' ? 2 : letter == 'u' ? 4 : 8;
  const auto digits = take_digits(rest, hex_digits, most);
  if (digits.empty()) return {'\\', letter};
  if (letter == 'x') return byte(digits, 16);
  const auto point = number_in<std::uint32_t>(digits, 16).value_or(0);
  constexpr std::uint32_t last_of_unicode = 0x10ffff;
  return point == 0 || point > last_of_unicode ? "" : utf8(point);
}

}  // namespace

std::string take_ansi_c_escape(std::string_view& rest) {
  if (octal_digits.find(rest.front()) != std::string_view::npos) {
    return byte(take_digits(rest, octal_digits, 3), 8);
  }
  const char letter = rest.front();
  rest.remove_prefix(1);
  if (letter == 'x' || letter == 'u' || letter == 'U') return numbered(letter, rest);
  if (letter == 'c' && !rest.empty()) {
    const char control = rest.front();
    rest.remove_prefix(1);
    return {static_cast<char>(control & 0x1f)};
  }
  constexpr std::string_view letters = "abeEfnrtv\\'\"?";
  constexpr std::string_view meanings = "\a\b\x1b\x1b\f\n\r\t\v\\'\"?";
  const auto known = letters.find(letter);
  if (known == std::string_view::npos) return {'\\', letter};
  return {meanings[known]};
}

}  // namespace applink::calls
