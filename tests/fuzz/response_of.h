// A response from the bytes of a fuzzer: a line of status and content type, a line that is the
// challenge, and then the body.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "applink/http/message.h"

namespace applink::fuzz {

inline std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

inline http::Response response_of(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string first(take_line(text));
  const std::string challenge(take_line(text));
  http::Response response;
  char* type = nullptr;
  response.status = static_cast<int>(std::strtol(first.c_str(), &type, 10) % 1000);
  if (*type != '\0') response.headers.add("Content-Type", type + 1);
  if (!challenge.empty()) response.headers.add("WWW-Authenticate", challenge);
  response.body = text;
  return response;
}

}  // namespace applink::fuzz
