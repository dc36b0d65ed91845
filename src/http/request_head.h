// The head of an HTTP/1.1 request, RFC 9112: request line, fields, and how the body is framed.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "applink/http/message.h"

namespace applink::http {

/// What a server answers instead of asking its handler.
struct Refusal {
  int status = 400;
  std::string_view why;
};

struct RequestHead {
  std::string method;
  std::string target;  ///< raw, in origin form: begins with '/'
  Headers headers;
  std::size_t content_length = 0;
  bool chunked = false;
  bool expects_continue = false;
};

/// `text` ends before the empty line; its lines end in CRLF, the last one too. Whatever two readers
/// of HTTP might understand differently is refused: bare line feeds, folded fields, repeated or
/// doubled framing, white space before a colon.
tl::expected<RequestHead, Refusal> parse_request_head(std::string_view text);

/// The size that opens a chunk, its extensions skipped. `line` comes without its CRLF.
std::optional<std::size_t> parse_chunk_size(std::string_view line);

}  // namespace applink::http
