// The reading of PEM armour.
#include "crypto/pem.h"

#include <algorithm>
#include <optional>

#include "applink/base/text.h"

namespace applink::crypto {
namespace {

constexpr std::string_view begin_mark = "-----BEGIN ";
constexpr std::string_view end_mark = "-----END ";
constexpr std::string_view dashes = "-----";

// RFC 7468 section 3: printable ASCII; a hyphen only between words, and no line end.
std::optional<std::string_view> label_at(std::string_view text) {
  const std::size_t end = text.find(dashes);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view label = text.substr(0, end);
  const bool printable =
      std::all_of(label.begin(), label.end(), [](char c) { return c >= ' ' && c <= '~'; });
  return printable ? std::optional(label) : std::nullopt;
}

// RFC 1421 section 4.4: headers, an empty line, then the base64. A line without a colon ends them
// too.
std::size_t size_of_headers(std::string_view body) {
  std::size_t size = 0;
  while (size < body.size()) {
    const std::size_t line_end = std::min(body.find('\n', size), body.size() - 1) + 1;
    const std::string_view line = body.substr(size, line_end - size);
    const bool before_the_headers = size == 0 && trim_ascii(line).empty();
    const bool continued = size != 0 && !line.empty() && (line[0] == ' ' || line[0] == '\t') &&
                           !trim_ascii(line).empty();
    if (line.find(':') == std::string_view::npos && !before_the_headers && !continued) return size;
    size = line_end;
  }
  return size;
}

// `text` begins with the BEGIN line, whose label is `label`.
PemBlock block_of(std::string_view text, std::string_view label) {
  PemBlock block;
  block.label = label;
  const std::size_t start = begin_mark.size() + label.size() + dashes.size();
  const std::string_view own = text.substr(0, text.find(begin_mark, start));
  const std::size_t end = own.find(end_mark, start);
  const std::string_view body =
      end == std::string_view::npos ? own.substr(start) : own.substr(start, end - start);
  const std::size_t headers = body.find(':') == std::string_view::npos ? 0 : size_of_headers(body);
  block.headers = trim_ascii(body.substr(0, headers));
  block.base64 = body.substr(headers);
  block.whole = own;
  if (end == std::string_view::npos) return block;
  const auto end_label = label_at(own.substr(end + end_mark.size()));
  if (!end_label) return block;
  block.end = *end_label == label ? PemEnd::matching : PemEnd::of_another_label;
  block.whole = own.substr(0, end + end_mark.size() + end_label->size() + dashes.size());
  return block;
}

}  // namespace

std::vector<PemBlock> pem_blocks(std::string_view text) {
  std::vector<PemBlock> blocks;
  std::size_t at = text.find(begin_mark);
  while (at != std::string_view::npos) {
    std::size_t next = at + begin_mark.size();
    if (const auto label = label_at(text.substr(next))) {
      blocks.push_back(block_of(text.substr(at), *label));
      next += label->size() + dashes.size();  // its last dashes begin no other block
    }
    at = text.find(begin_mark, next);
  }
  return blocks;
}

}  // namespace applink::crypto
