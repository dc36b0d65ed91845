// A response as bytes: status line, fields, body.
#include "http/response_writer.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace applink::http {
namespace {

constexpr std::array<std::string_view, 4> framing{"Connection", "Content-Length", "Keep-Alive",
                                                  "Transfer-Encoding"};

/// What keeps a page on loopback from being cached, framed, misread, or from telling where it is.
Headers protective_headers() {
  return {{"Cache-Control", "no-store"},
          {"Content-Security-Policy",
           "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
           "frame-ancestors 'none'; base-uri 'none'"},
          {"Referrer-Policy", "no-referrer"},
          {"X-Content-Type-Options", "nosniff"}};
}

bool is_writable(const Response& response) {
  return response.status >= 200 && response.status <= 599 &&
         std::all_of(response.headers.begin(), response.headers.end(), [](const Header& field) {
           return is_token(field.name) && is_field_value(field.value);
         });
}

Headers fields_of(const Response& response) {
  auto fields = response.headers;
  for (const auto name : framing) fields.remove(name);
  for (const auto& field : protective_headers()) {
    if (!fields.find(field.name)) fields.add(field.name, field.value);
  }
  return fields;
}

//= rfc9110#8.6
//# A server MUST NOT send a Content-Length header field in any response with a status code of 1xx
//# (Informational) or 204 (No Content).
bool has_length(int status) {
  return status != 204 && status != 304;
}

}  // namespace

std::string response_bytes(const Response& response, Body body) {
  if (!is_writable(response)) {
    return response_bytes(plain_response(500, "the answer cannot be written"), body);
  }
  auto bytes = fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_phrase(response.status));
  for (const auto& field : fields_of(response)) {
    bytes += fmt::format("{}: {}\r\n", field.name, field.value);
  }
  if (has_length(response.status)) {
    bytes += fmt::format("Content-Length: {}\r\n", response.body.size());
  }
  bytes += "Connection: close\r\n\r\n";
  if (body == Body::included && has_length(response.status)) bytes += response.body;
  return bytes;
}

Response plain_response(int status, std::string_view why) {
  return {status,
          {{"Content-Type", "text/plain; charset=utf-8"}},
          fmt::format("{} {}: {}\n", status, reason_phrase(status), why)};
}

}  // namespace applink::http
