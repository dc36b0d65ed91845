// The refusals, each with the way to write it right.
#include "oauth1/well_formed.h"

#include <algorithm>

#include <fmt/format.h>

#include "applink/base/encoding.h"

namespace applink::oauth1 {
namespace {

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool is_printable_ascii(char c) {
  return c > 0x20 && c < 0x7f;
}

Result<void> check_bytes(std::string_view text, std::string_view where) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (!is_printable_ascii(c)) {
      return fail(ErrorCode::usage,
                  fmt::format("{} has a raw {} at position {}", where,
                              is_control(c) ? "control character"
                              : c == ' '    ? "space"
                                            : "byte outside of ASCII",
                              at + 1),
                  fmt::format("write it as %{:02X}", static_cast<unsigned char>(c)));
    }
    if (c == '%' && (at + 2 >= text.size() || !hex_decode(text.substr(at + 1, 2)))) {
      return fail(ErrorCode::usage,
                  fmt::format("{} has a bad percent escape at position {}", where, at + 1),
                  "write a percent sign as %25");
    }
  }
  return {};
}

}  // namespace

Result<void> check_form_encoding(std::string_view text, std::string_view where) {
  TRY(check_bytes(text, where));
  // Jira's servlet container drops a pair without a name, others keep it: no signature fits both.
  if (text.starts_with('=') || text.find("&=") != std::string_view::npos) {
    return fail(ErrorCode::usage, fmt::format("{} has a parameter without a name", where),
                "remove what looks like =value, or name it");
  }
  return {};
}

bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_control);
}

Result<void> check_no_control_characters(std::string_view value, std::string_view name) {
  if (has_control_characters(value)) {
    return fail(ErrorCode::usage, fmt::format("{} has a control character", name),
                "type it again instead of pasting it");
  }
  return {};
}

}  // namespace applink::oauth1
