// An HTTP request as somebody captured it: in a log, a proxy, a debugger, or from `curl -v`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "applink/http/message.h"
#include "applink/http/url.h"

namespace applink::calls {

/// What a message does not say of itself.
struct CapturedOrigin {
  std::optional<std::string> scheme = {};  ///< "http" or "https"
  /// Its scheme, host and port take the place of those of the message.
  std::optional<http::Url> base_url = {};
  /// Supposed where nothing says it.
  std::optional<std::string> likely_scheme = {};
};

struct CapturedRequest {
  http::Request request;
  /// What had to be supposed, or is missing, a sentence each: "the message does not say whether …".
  std::vector<std::string> notes;
};

/// RFC 9112, as people have it: lines end in CRLF or LF, all of it may be indented, fields folded;
/// the target is a path with a Host field, or a whole URL. Of the output of `curl -v` the first
/// request is read, which has no body in it. Whatever two readers could take for two different
/// requests is refused.
Result<CapturedRequest> captured_message(std::string_view text, const CapturedOrigin& origin);

}  // namespace applink::calls
