// Bytes into text, step by step; every buffer on the way is wiped.
#include "crypto/key_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "applink/base/text.h"

namespace applink::crypto {
namespace {

constexpr std::string_view utf8_mark = "\xef\xbb\xbf";

enum class Order { little, big };

std::uint32_t unit_at(std::string_view bytes, std::size_t i, Order order) {
  const auto first = static_cast<unsigned char>(bytes[i]);
  const auto second = static_cast<unsigned char>(bytes[i + 1]);
  return order == Order::little ? first | second << 8U : first << 8U | second;
}

// Key files are ASCII: what is beyond it stands in text around the key, and becomes "?".
Secret from_utf16(std::string_view bytes, Order order) {
  std::string text;
  text.reserve(bytes.size() / 2);
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const std::uint32_t unit = unit_at(bytes, i, order);
    text += unit < 0x80 ? static_cast<char>(unit) : '?';
  }
  return Secret::take(std::move(text));
}

bool is_utf16_without_mark(std::string_view bytes, Order order) {
  const std::size_t zero = order == Order::little ? 1 : 0;
  if (bytes.size() < 8) return false;
  for (std::size_t i = 0; i < 8; i += 2) {
    if (bytes[i + zero] != '\0' || bytes[i + 1 - zero] == '\0') return false;
  }
  return true;
}

struct Escape {
  std::string_view written;
  std::string_view meant;
};
// The longer before what they begin with.
constexpr std::array escapes{
    Escape{"\\\\r\\\\n", "\n"}, Escape{"\\\\n", "\n"},  Escape{"\\r\\n", "\n"},
    Escape{"\\n", "\n"},        Escape{"\\r", "\n"},    Escape{"\\t", " "},
    Escape{"\\/", "/"},         Escape{"\\u003d", "="}, Escape{"\\u003D", "="},
    Escape{"\\u002b", "+"},     Escape{"\\u002B", "+"}, Escape{"\\\"", "\""},
    Escape{"\\\r\n", "\n"},     Escape{"\\\n", "\n"}};

const Escape* escape_at(std::string_view text) {
  const auto* const found = std::find_if(escapes.begin(), escapes.end(), [text](const Escape& e) {
    return text.starts_with(e.written);
  });
  return found == escapes.end() ? nullptr : found;
}

bool begins_a_line(std::string_view text, std::size_t at) {
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
  return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
}

// RFC 7468 writes 64 letters on a line, MIME 76.
bool lacks_line_breaks(std::string_view pem) {
  constexpr std::size_t longest_line = 76;
  std::size_t begin = 0;
  while (begin < pem.size()) {
    const std::size_t end = std::min(pem.find_first_of("\r\n", begin), pem.size());
    if (trim_ascii(pem.substr(begin, end - begin)).size() > longest_line) return true;
    begin = end + 1;
  }
  const std::size_t end_line = pem.rfind("-----END");
  return end_line != std::string_view::npos && !begins_a_line(pem, end_line);
}

bool is_indented(std::string_view pem) {
  return pem.find("\n ") != std::string_view::npos || pem.find("\n\t") != std::string_view::npos;
}

}  // namespace

RepairedText as_utf8(std::string_view bytes) {
  const std::string utf16 = "the text was in UTF-16, as Windows writes it";
  if (bytes.starts_with("\xff\xfe")) return {from_utf16(bytes.substr(2), Order::little), {utf16}};
  if (bytes.starts_with("\xfe\xff")) return {from_utf16(bytes.substr(2), Order::big), {utf16}};
  if (is_utf16_without_mark(bytes, Order::little)) {
    return {from_utf16(bytes, Order::little), {utf16}};
  }
  if (is_utf16_without_mark(bytes, Order::big)) return {from_utf16(bytes, Order::big), {utf16}};
  if (!bytes.starts_with(utf8_mark)) return {Secret(bytes), {}};
  return {Secret(bytes.substr(utf8_mark.size())), {"a byte order mark stood before the text"}};
}

RepairedText without_escapes(Secret text) {
  const std::string_view escaped = text.reveal();
  if (escaped.find('\\') == std::string_view::npos) return {std::move(text), {}};
  std::string plain;
  plain.reserve(escaped.size());
  bool line_ends = false;
  bool others = false;
  for (std::size_t i = 0; i < escaped.size();) {
    const Escape* escape = escape_at(escaped.substr(i));
    plain += escape != nullptr ? escape->meant : escaped.substr(i, 1);
    i += escape != nullptr ? escape->written.size() : 1;
    if (escape == nullptr) continue;
    (escape->meant == "\n" ? line_ends : others) = true;
  }
  std::vector<std::string> repairs;
  if (line_ends) repairs.emplace_back("the two characters \\n stood in place of line ends");
  if (others) repairs.emplace_back("characters were escaped with a backslash, as JSON does");
  return {Secret::take(std::move(plain)), std::move(repairs)};
}

std::vector<std::string> layout_remarks(std::string_view pem) {
  std::vector<std::string> remarks;
  if (pem.find("\r\n") != std::string_view::npos) {
    remarks.emplace_back("the lines ended as on Windows (CRLF)");
  }
  if (is_indented(pem)) remarks.emplace_back("the lines were indented");
  if (lacks_line_breaks(pem)) remarks.emplace_back("line breaks were missing");
  return remarks;
}

}  // namespace applink::crypto
