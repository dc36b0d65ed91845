// Percent encoding (RFC 5849 section 3.6): by liboauth, with a guard for NUL; decoding by
// ourselves.
#include "applink/oauth1/percent_encoding.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "applink/base/encoding.h"
#include "oauth1/liboauth.h"
#include "oauth1/percent_encoded_secret.h"

namespace applink::oauth1 {
namespace {

//= rfc5849#3.6
//# Characters in the unreserved character set as defined by [RFC3986], Section 2.3 (ALPHA, DIGIT,
//# "-", ".", "_", "~") MUST NOT be encoded.
bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

}  // namespace

//= rfc5849#3.6
//# All other characters MUST be encoded.
//= rfc5849#3.6
//# The two hexadecimal characters used to represent encoded characters MUST be uppercase.
std::string percent_encode(std::string_view bytes) {
  if (std::all_of(bytes.begin(), bytes.end(), is_unreserved)) return std::string(bytes);
  // liboauth reads up to a NUL, so it is given what stands between two of them.
  std::string encoded;
  while (true) {
    const std::size_t nul = bytes.find('\0');
    const LiboauthText part(::oauth_url_escape(std::string(bytes.substr(0, nul)).c_str()));
    encoded += part.get();
    if (nul == std::string_view::npos) return encoded;
    encoded += "%00";
    bytes.remove_prefix(nul + 1);
  }
}

Secret percent_encoded(const Secret& secret) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(3 * secret.size());  // so that it never moves and leaves a copy
  for (const char c : secret.reveal()) {
    if (is_unreserved(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return Secret::take(std::move(encoded));
}

Result<std::string> percent_decode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_unreserved(text[at])) {
      decoded += text[at];
      continue;
    }
    if (text[at] != '%') {
      return fail(ErrorCode::failed,
                  fmt::format("the byte at position {} is not percent-encoded", at + 1));
    }
    const auto byte = hex_decode(text.substr(at + 1, 2));
    if (!byte || byte->size() != 1) {
      return fail(ErrorCode::failed, fmt::format("bad percent escape at position {}", at + 1));
    }
    decoded += *byte;
    at += 2;
  }
  return decoded;
}

}  // namespace applink::oauth1
