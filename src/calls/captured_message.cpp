// A captured message read: the request line, the fields, where it went, and its body.
#include "applink/calls/captured_message.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "applink/base/number.h"
#include "applink/base/text.h"
#include "applink/http/form.h"
#include "calls/captured_text.h"
#include "http/request_head.h"

namespace applink::calls {
namespace {

constexpr std::size_t most_fields = 200;

using Notes = std::vector<std::string>;

struct RequestLine {
  std::string method;
  std::string target;
};

tl::unexpected<Error> no_request(std::string message) {
  return fail(ErrorCode::usage, std::move(message),
              "a captured request begins with a line such as: GET /rest/api/2/myself HTTP/1.1");
}

bool is_version(std::string_view word) {
  if (!word.starts_with("HTTP/")) return false;
  word.remove_prefix(5);
  return word == "1.1" || word == "1.0" || word == "2" || word == "2.0" || word == "3";
}

//= rfc9112#3
//# request-line   = method SP request-target SP HTTP-version
Result<RequestLine> request_line_in(std::string_view line) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last || !is_version(line.substr(last + 1))) {
    return no_request("the first line is not METHOD TARGET HTTP/1.1");
  }
  RequestLine read{std::string(line.substr(0, first)),
                   std::string(line.substr(first + 1, last - first - 1))};
  if (!http::is_token(read.method)) return no_request("the first line begins with no HTTP method");
  return read;
}

Result<http::Headers> headers_in(const std::vector<std::string>& fields) {
  if (fields.size() > most_fields) {
    return fail(ErrorCode::usage, fmt::format("the message has more than {} fields", most_fields),
                "give one request alone");
  }
  http::Headers headers;
  for (const std::string_view field : fields) {
    const auto colon = field.find(':');
    const auto name = field.substr(0, colon);
    if (colon == std::string_view::npos || !http::is_token(name)) {
      return fail(ErrorCode::usage,
                  fmt::format("the message has a line that is no header field: {}",
                              terminal_safe(field.substr(0, 40))),
                  "an empty line stands between the header fields and the body");
    }
    const auto value = trim_ascii(field.substr(colon + 1));
    if (!http::is_field_value(value)) {
      return fail(ErrorCode::usage,
                  fmt::format("the header field {} has a control character", name),
                  "take the message as it was sent, without colours or marks");
    }
    headers.add(std::string(name), std::string(value));
  }
  return headers;
}

bool is_whole_url(std::string_view target) {
  const auto lower = to_lower_ascii(target.substr(0, 8));
  return lower.starts_with("http://") || lower.starts_with("https://");
}

std::string authority_of(const http::Url& url) {
  const auto port = url.explicit_port();
  return port ? fmt::format("{}:{}", url.host(), *port) : std::string(url.host());
}

Result<std::string> host_in(const http::Headers& headers) {
  const auto hosts = headers.all("Host");
  if (hosts.size() == 1 && !hosts.front().empty()) return std::string(hosts.front());
  if (hosts.empty()) {
    return fail(ErrorCode::usage, "the message has no Host field",
                "say where it went: --base-url https://jira.example.com");
  }
  return fail(ErrorCode::usage, "the message has more than one Host field, or an empty one",
              "say where it went: --base-url https://jira.example.com");
}

/// Where the request went, from the message and from what was said of it.
class CapturedTarget {
 public:
  CapturedTarget(const CapturedOrigin& origin, const CapturedText& captured, Notes& notes)
      : origin_(origin), captured_(captured), notes_(notes) {}

  //= rfc9112#3.3
  //# If the request-target is in absolute-form, the target URI is the same as the request-target.
  Result<http::Url> url(const std::string& target, const http::Headers& headers) {
    if (is_whole_url(target)) return of_whole(target);
    if (!target.starts_with('/')) {
      return no_request("the target is neither a path nor a URL");
    }
    if (origin_.base_url) {
      return http::Url::parse(fmt::format("{}://{}{}", scheme_or(origin_.base_url->scheme()),
                                          authority_of(*origin_.base_url), target));
    }
    TRY_ASSIGN(const std::string host, host_in(headers));
    return http::Url::parse(fmt::format("{}://{}{}", scheme(), host, target));
  }

 private:
  [[nodiscard]] std::string scheme_or(std::string_view other) const {
    return origin_.scheme.value_or(std::string(other));
  }

  std::string scheme() {
    if (origin_.scheme) return *origin_.scheme;
    if (captured_.scheme) return *captured_.scheme;
    if (origin_.likely_scheme) return *origin_.likely_scheme;
    notes_.emplace_back(
        "the message does not say whether it went by http or https: it is taken for https "
        "(--scheme http)");
    return "https";
  }

  [[nodiscard]] Result<http::Url> of_whole(const std::string& target) const {
    TRY_ASSIGN(http::Url url, http::Url::parse(target));
    if (!origin_.scheme && !origin_.base_url) return url;
    const auto query = url.query();
    const http::Url& base = origin_.base_url ? *origin_.base_url : url;
    return http::Url::parse(fmt::format("{}://{}{}{}{}", scheme_or(base.scheme()),
                                        authority_of(base), url.path(), query ? "?" : "",
                                        query.value_or("")));
  }

  const CapturedOrigin& origin_;
  const CapturedText& captured_;
  Notes& notes_;
};

Result<std::string> joined_chunks(std::string_view rest) {
  std::string body;
  const auto broken = [] {
    return fail(ErrorCode::usage, "the chunks of the body do not fit together",
                "give the body by itself with -d, without Transfer-Encoding");
  };
  while (true) {
    const auto line_end = rest.find('\n');
    if (line_end == std::string_view::npos) return broken();
    const auto size = http::parse_chunk_size(trim_ascii(rest.substr(0, line_end)));
    rest.remove_prefix(line_end + 1);
    if (!size || *size > rest.size()) return broken();
    if (*size == 0) return body;
    body += rest.substr(0, *size);
    rest.remove_prefix(*size);
    rest.remove_prefix(std::min(rest.find_first_not_of("\r\n"), rest.size()));
  }
}

/// Without the line end that an editor or `echo` left behind a form.
std::string_view without_line_end(std::string_view body) {
  if (body.ends_with('\n')) body.remove_suffix(1);
  if (body.ends_with('\r')) body.remove_suffix(1);
  return body;
}

Result<std::string> body_of(const CapturedText& captured, const http::Headers& headers,
                            Notes& notes) {
  const auto stated = headers.find("Content-Length");
  const auto length = stated ? number_in<std::size_t>(*stated) : std::nullopt;
  if (stated && !length) {
    return fail(ErrorCode::usage, "the Content-Length is no number", "take that line out");
  }
  if (!captured.has_body_in_it || (captured.body.empty() && length.value_or(0) > 0)) {
    if (length.value_or(0) > 0) {
      notes.emplace_back(fmt::format(
          "a body of {} bytes was sent, which is not in the capture: give it with -d", *length));
    }
    return std::string();
  }
  const auto coding = headers.find("Transfer-Encoding");
  if (coding && to_lower_ascii(*coding) == "chunked") return joined_chunks(captured.body);
  const std::string_view body = captured.body;
  if (length && *length <= body.size()) return std::string(body.substr(0, *length));
  if (length) {
    notes.emplace_back(
        fmt::format("the body has {} of the {} bytes that Content-Length states: it is cut off, or "
                    "its line ends were changed",
                    body.size(), *length));
  }
  return std::string(http::is_form(headers) ? without_line_end(body) : body);
}

}  // namespace

Result<CapturedRequest> captured_message(std::string_view text, const CapturedOrigin& origin) {
  TRY_ASSIGN(const CapturedText captured, captured_text(text));
  TRY_ASSIGN(RequestLine line, request_line_in(captured.request_line));
  TRY_ASSIGN(http::Headers headers, headers_in(captured.fields));
  Notes notes;
  TRY_ASSIGN(http::Url url, CapturedTarget(origin, captured, notes).url(line.target, headers));
  TRY_ASSIGN(std::string body, body_of(captured, headers, notes));
  return CapturedRequest{
      {std::move(line.method), std::move(url), std::move(headers), std::move(body)},
      std::move(notes)};
}

}  // namespace applink::calls
