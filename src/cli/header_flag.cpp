// A header cut at its first colon.
#include "cli/header_flag.h"

#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "applink/base/text.h"

namespace applink::cli {

Result<http::Header> header_in(const std::string& text) {
  const auto colon = text.find(':');
  if (colon == std::string::npos || colon == 0) {
    return fail(ErrorCode::usage, fmt::format("not a header: {}", terminal_safe(text)),
                "-H 'Name: value'");
  }
  return http::Header{text.substr(0, colon),
                      std::string(trim_ascii(std::string_view(text).substr(colon + 1)))};
}

Result<http::Headers> headers_in(const std::vector<std::string>& texts) {
  http::Headers headers;
  for (const std::string& text : texts) {
    TRY_ASSIGN(http::Header header, header_in(text));
    headers.add(std::move(header.name), std::move(header.value));
  }
  return headers;
}

}  // namespace applink::cli
