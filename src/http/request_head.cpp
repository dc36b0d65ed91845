// The head of an HTTP/1.1 request, read strictly.
#include "http/request_head.h"

#include <algorithm>

#include "applink/base/number.h"
#include "applink/base/text.h"

namespace applink::http {
namespace {

constexpr std::size_t max_fields = 100;

template <class T>
using Parsed = tl::expected<T, Refusal>;

tl::unexpected<Refusal> refuse(int status, std::string_view why) {
  return tl::unexpected(Refusal{status, why});
}

/// Takes the next line off `text`, without its CRLF.
std::string_view take_line(std::string_view& text) {
  const auto end = text.find("\r\n");
  const auto line = text.substr(0, end);
  text.remove_prefix(std::min(text.size(), line.size() + 2));
  return line;
}

bool is_target_character(char c) {
  return c > ' ' && c < '\x7f' && c != '#';
}

//= rfc9112#3
//# request-line   = method SP request-target SP HTTP-version
Parsed<RequestHead> parse_request_line(std::string_view line) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) {
    return refuse(400, "the request line is not METHOD TARGET VERSION");
  }
  RequestHead head;
  head.method = line.substr(0, first);
  head.target = line.substr(first + 1, last - first - 1);
  const auto version = line.substr(last + 1);
  if (!is_token(head.method)) return refuse(400, "the method is not a token");
  if (!head.target.starts_with('/') ||
      !std::all_of(head.target.begin(), head.target.end(), is_target_character)) {
    return refuse(400, "the target is not a path with an optional query");
  }
  if (version == "HTTP/1.1" || version == "HTTP/1.0") return head;
  return refuse(version.starts_with("HTTP/") ? 505 : 400, "the version is not HTTP/1.1");
}

//= rfc9112#5.1
//# No whitespace is allowed between the field name and colon.
Parsed<Header> parse_field(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
    return refuse(400, "a header field is not NAME: VALUE");
  }
  auto value = line.substr(colon + 1);
  value = value.substr(std::min(value.find_first_not_of(" \t"), value.size()));
  value = value.substr(0, value.find_last_not_of(" \t") + 1);
  if (!is_field_value(value)) return refuse(400, "a header field has a control character");
  return Header{std::string(line.substr(0, colon)), std::string(value)};
}

//= rfc9112#6.3
//# If a message is received with both a Transfer-Encoding and a Content-Length header field,
//# [...] Such a message might indicate an attempt to perform request smuggling
Parsed<RequestHead> with_framing(RequestHead head) {
  const auto encodings = head.headers.all("Transfer-Encoding");
  const auto lengths = head.headers.all("Content-Length");
  if (encodings.size() + lengths.size() > 1) return refuse(400, "the body's length is said twice");
  if (!encodings.empty()) {
    if (to_lower_ascii(encodings.front()) != "chunked") {
      return refuse(501, "the transfer coding is not chunked");
    }
    head.chunked = true;
  }
  if (!lengths.empty()) {
    const auto length = number_in<std::size_t>(lengths.front());
    if (!length) return refuse(400, "the Content-Length is not a number");
    head.content_length = *length;
  }
  return head;
}

Parsed<RequestHead> with_expectation(RequestHead head) {
  const auto expectation = head.headers.find("Expect");
  if (!expectation) return head;
  if (to_lower_ascii(*expectation) != "100-continue") {
    return refuse(417, "the expectation is not 100-continue");
  }
  head.expects_continue = head.chunked || head.content_length > 0;
  return head;
}

}  // namespace

tl::expected<RequestHead, Refusal> parse_request_head(std::string_view text) {
  auto head = parse_request_line(take_line(text));
  if (!head) return head;
  while (!text.empty()) {
    auto field = parse_field(take_line(text));
    if (!field) return tl::unexpected(field.error());
    if (head->headers.size() == max_fields) return refuse(431, "there are too many header fields");
    head->headers.add(std::move(field->name), std::move(field->value));
  }
  return with_framing(std::move(*head)).and_then(with_expectation);
}

//= rfc9112#7.1
//# chunk          = chunk-size [ chunk-ext ] CRLF
std::optional<std::size_t> parse_chunk_size(std::string_view line) {
  const auto digits = line.substr(0, line.find_first_of("; \t"));
  return number_in<std::size_t>(digits, 16);
}

}  // namespace applink::http
