// Lines and armour around RFC 4253's blob.
#include "crypto/ssh_text.h"

#include <algorithm>

#include "applink/base/text.h"
#include "crypto/key_base64.h"
#include "crypto/ssh_wire.h"

namespace applink::crypto {
namespace {

constexpr std::string_view begin_ssh2 = "---- BEGIN SSH2 PUBLIC KEY ----";
constexpr std::string_view end_ssh2 = "---- END SSH2 PUBLIC KEY ----";

std::string_view first_word(std::string_view text) {
  return text.substr(0, text.find_first_of(" \t\r\n"));
}

std::optional<Secret> blob_in_line(std::string_view text) {
  const std::string_view algorithm = first_word(text);
  const std::string_view base64 = first_word(trim_ascii(text.substr(algorithm.size())));
  auto decoded = decode_found_base64(base64);
  if (!decoded || ssh_algorithm(decoded->bytes.reveal()) != algorithm) return std::nullopt;
  return std::move(decoded->bytes);
}

// RFC 4716 section 3.3: headers come first, and a backslash continues one on the next line.
std::string_view without_headers(std::string_view body) {
  const std::size_t last_header = body.rfind(':');
  if (last_header == std::string_view::npos) return body;
  std::size_t line_end = body.find('\n', last_header);
  while (line_end != std::string_view::npos && body.substr(0, line_end).ends_with('\\')) {
    line_end = body.find('\n', line_end + 1);
  }
  return body.substr(std::min(line_end, body.size()));
}

std::optional<Secret> blob_in_ssh2(std::string_view text) {
  const std::size_t start = text.find(begin_ssh2);
  const std::size_t stop = text.find(end_ssh2);
  if (start == std::string_view::npos || stop == std::string_view::npos || stop < start) {
    return std::nullopt;
  }
  const std::size_t body = start + begin_ssh2.size();
  if (stop < body) return std::nullopt;
  auto decoded = decode_found_base64(without_headers(text.substr(body, stop - body)));
  if (!decoded || !ssh_algorithm(decoded->bytes.reveal())) return std::nullopt;
  return std::move(decoded->bytes);
}

}  // namespace

std::optional<Secret> ssh_blob_in(std::string_view text) {
  if (auto blob = blob_in_line(text)) return blob;
  return blob_in_ssh2(text);
}

}  // namespace applink::crypto
