// Forms read and written as the URL standard of the WHATWG says, section 5.
#include "applink/http/form.h"

#include <algorithm>

namespace applink::http {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && text.size() - i > 2 ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) {
      decoded += text[i] == '+' ? ' ' : text[i];
      continue;
    }
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

bool stays(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

void encode(std::string_view text, std::string& encoded) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char c : text) {
    if (stays(c)) {
      encoded += c;
    } else if (c == ' ') {
      encoded += '+';
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
}

}  // namespace

std::vector<FormPair> parse_form(std::string_view text) {
  std::vector<FormPair> pairs;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('&', begin), text.size());
    const auto pair = text.substr(begin, end - begin);
    begin = end + 1;
    if (pair.empty()) continue;
    const auto equals = std::min(pair.find('='), pair.size());
    const auto value = pair.substr(std::min(equals + 1, pair.size()));
    pairs.push_back({decode(pair.substr(0, equals)), decode(value)});
  }
  return pairs;
}

std::string encode_form(const std::vector<FormPair>& pairs) {
  std::string encoded;
  for (const auto& pair : pairs) {
    if (!encoded.empty()) encoded += '&';
    encode(pair.name, encoded);
    encoded += '=';
    encode(pair.value, encoded);
  }
  return encoded;
}

std::optional<std::string_view> find(const std::vector<FormPair>& pairs, std::string_view name) {
  for (const auto& pair : pairs) {
    if (pair.name == name) return pair.value;
  }
  return std::nullopt;
}

bool is_form(const Headers& headers) {
  return media_type(headers) == form_media_type;
}

}  // namespace applink::http
