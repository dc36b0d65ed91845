// Quotes and escapes put where they belong.
#include "calls/header_repair.h"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "applink/base/encoding.h"
#include "applink/base/text.h"
#include "applink/oauth1/percent_encoding.h"
#include "oauth1/auth_parameters.h"

namespace applink::calls {
namespace {

/// Escapes stay as they are.
std::string with_escapes(std::string_view value) {
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool is_escape =
        value[i] == '%' && value.size() - i > 2 && hex_decode(value.substr(i + 1, 2)).has_value();
    text += is_escape ? "%" : oauth1::percent_encode(value.substr(i, 1));
  }
  return text;
}

std::optional<std::string> repaired(std::string_view header) {
  if (header.size() > oauth1::longest_auth_header) return std::nullopt;
  const auto items = oauth1::after_oauth_scheme(header);
  if (!items) return std::string(header);
  std::string text;
  oauth1::AuthParameterScanner scanner(*items);
  while (const auto raw = scanner.next()) {
    const bool is_realm = to_lower_ascii(raw->name) == "realm";
    text += fmt::format("{}{}=\"{}\"", text.empty() ? "OAuth " : ", ", with_escapes(raw->name),
                        is_realm ? std::string(raw->value) : with_escapes(raw->value));
  }
  if (scanner.failed() || text.empty()) return std::nullopt;
  return text;
}

}  // namespace

std::optional<http::Request> with_repaired_header(const http::Request& request) {
  http::Request changed = request;
  changed.headers.remove("Authorization");
  bool differs = false;
  for (const std::string_view value : request.headers.all("Authorization")) {
    auto text = repaired(value);
    if (!text) return std::nullopt;
    differs = differs || *text != value;
    changed.headers.add("Authorization", *std::move(text));
  }
  if (!differs) return std::nullopt;
  return changed;
}

}  // namespace applink::calls
