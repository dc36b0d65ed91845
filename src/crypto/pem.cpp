// The reading of PEM armour.
#include "crypto/pem.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "applink/base/encoding.h"
#include "applink/base/text.h"

namespace applink::crypto {
namespace {

constexpr std::string_view begin_mark = "-----BEGIN ";
constexpr std::string_view end_mark = "-----END ";
constexpr std::string_view dashes = "-----";

bool is_space(char letter) {
  return letter == ' ' || (letter >= '\t' && letter <= '\r');
}

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

PemBlock block_of(std::string_view label, std::string_view after_label) {
  PemBlock block;
  block.label = label;
  const std::size_t next = after_label.find(begin_mark);
  const std::string_view within = after_label.substr(0, next);
  const std::size_t end = within.find(end_mark);
  const std::string_view body = within.substr(0, end);
  if (body.find(':') != std::string_view::npos) {
    const std::size_t size = size_of_headers(body);
    block.headers = trim_ascii(body.substr(0, size));
    block.base64 = body.substr(size);
  } else {
    block.base64 = body;
  }
  if (end == std::string_view::npos) return block;
  const auto end_label = label_at(within.substr(end + end_mark.size()));
  if (end_label) block.end = *end_label == label ? PemEnd::matching : PemEnd::of_another_label;
  return block;
}

tl::unexpected<Error> not_base64(std::string_view text) {
  if (text.find("\\n") != std::string_view::npos) {
    return fail(ErrorCode::failed,
                "the lines of the PEM are divided by the two characters \\n instead of line ends",
                "it was copied out of JSON or a variable; make a file of it: printf '%b' "
                "\"$PEM\" > FILE");
  }
  return fail(ErrorCode::failed, "the base64 of the PEM is damaged: letters are missing or foreign",
              "copy the file again, whole, from its BEGIN line to its END line");
}

}  // namespace

std::vector<PemBlock> pem_blocks(std::string_view text) {
  std::vector<PemBlock> blocks;
  for (std::size_t at = text.find(begin_mark); at != std::string_view::npos;
       at = text.find(begin_mark, at)) {
    at += begin_mark.size();
    const auto label = label_at(text.substr(at));
    if (!label) continue;
    at += label->size() + dashes.size();
    blocks.push_back(block_of(*label, text.substr(at)));
  }
  return blocks;
}

Result<Secret> pem_bytes(const PemBlock& block) {
  const std::string label = terminal_safe(block.label);
  switch (block.end) {
    case PemEnd::matching:
      return decode_base64_lines(block.base64);
    case PemEnd::missing:
      return fail(ErrorCode::failed,
                  fmt::format("the PEM is cut off: its line -----END {}----- is missing", label),
                  "copy the file again, whole, from its BEGIN line to its END line");
    case PemEnd::of_another_label:
      break;
  }
  return fail(ErrorCode::failed,
              fmt::format("the PEM begins as {} but its END line names something else", label),
              "copy the file again: two files seem to be mixed");
}

Result<Secret> decode_base64_lines(std::string_view text) {
  std::string letters;
  letters.reserve(text.size());
  std::remove_copy_if(text.begin(), text.end(), std::back_inserter(letters), is_space);
  auto bytes = base64_decode(letters);
  wipe(letters);
  if (!bytes) return not_base64(text);
  return Secret::take(std::move(*bytes));
}

}  // namespace applink::crypto
