// Escapes, UTF-8 and base64 as Java's libraries take them.
#include "sandbox/java_decoding.h"

#include <cstdint>

namespace applink::sandbox {
namespace {

std::optional<unsigned> hex_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

struct Range {
  unsigned char first;
  unsigned char last;
  [[nodiscard]] bool contains(char c) const {
    const auto byte = static_cast<unsigned char>(c);
    return first <= byte && byte <= last;
  }
};

// What may follow a leading byte (Unicode, table 3-7): no overlong form, surrogate, or number
// beyond U+10FFFF passes the second byte.
struct Sequence {
  std::size_t length;
  Range second;
};

std::optional<Sequence> sequence_of(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0x80) return Sequence{1, {}};
  if (byte < 0xc2 || byte > 0xf4) return std::nullopt;
  if (byte < 0xe0) return Sequence{2, {0x80, 0xbf}};
  if (byte == 0xe0) return Sequence{3, {0xa0, 0xbf}};
  if (byte == 0xed) return Sequence{3, {0x80, 0x9f}};
  if (byte < 0xf0) return Sequence{3, {0x80, 0xbf}};
  if (byte == 0xf0) return Sequence{4, {0x90, 0xbf}};
  if (byte == 0xf4) return Sequence{4, {0x80, 0x8f}};
  return Sequence{4, {0x80, 0xbf}};
}

struct Prefix {
  std::size_t size;
  bool whole;
};

// The longest beginning of `bytes` that is a character or could become one.
Prefix character_prefix(std::string_view bytes) {
  const auto sequence = sequence_of(bytes.front());
  if (!sequence) return {1, false};
  constexpr Range continuation{0x80, 0xbf};
  std::size_t size = 1;
  while (size < sequence->length && size < bytes.size() &&
         (size == 1 ? sequence->second : continuation).contains(bytes[size])) {
    ++size;
  }
  return {size, size == sequence->length};
}

std::optional<std::uint32_t> base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a' + 26);
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0' + 52);
  if (c == '+' || c == '-') return 62U;
  if (c == '/' || c == '_') return 63U;
  return std::nullopt;
}

}  // namespace

std::optional<std::string> url_decoded(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      bytes += text[i] == '+' ? ' ' : text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const auto high = hex_value(text[i + 1]);
    const auto low = hex_value(text[i + 2]);
    if (!high || !low) return std::nullopt;
    bytes += static_cast<char>(*high << 4 | *low);
    i += 2;
  }
  return valid_utf8(bytes);
}

std::string valid_utf8(std::string_view bytes) {
  constexpr std::string_view replacement = "\xef\xbf\xbd";
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const Prefix prefix = character_prefix(bytes);
    out += prefix.whole ? bytes.substr(0, prefix.size) : replacement;
    bytes.remove_prefix(prefix.size);
  }
  return out;
}

std::string lenient_base64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text.substr(0, text.find('='))) {
    const auto value = base64_value(c);
    if (!value) continue;
    bits = (bits << 6 | *value) & 0xffffU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xffU);
  }
  return out;
}

}  // namespace applink::sandbox
