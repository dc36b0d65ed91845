// Answers spoilt on their way. Each is made of the answer that was meant.
#include "sandbox/wire_mishaps.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "applink/base/number.h"
#include "http/response_writer.h"

namespace applink::sandbox {
namespace {

constexpr std::size_t forever = SIZE_MAX;
constexpr int longest_trickle = 60'000;
constexpr std::string_view no_text = "\xff\xfe";

std::string bytes_of(const http::Response& response, std::string_view method) {
  return http::response_bytes(response,
                              method == "HEAD" ? http::Body::left_out : http::Body::included);
}

/// The head of an answer with a body, with other words about how long that is.
std::string head_with(http::Response response, std::string_view framing) {
  if (response.status == 204 || response.status == 304) response.status = 200;
  auto head = http::response_bytes(response, http::Body::left_out);
  const auto begin = head.find("Content-Length: ");
  const auto end = head.find("\r\n", begin) + 2;
  return head.replace(begin, end - begin, framing);
}

http::RawAnswer trickling(const http::Response& response, const Blow& blow,
                          std::string_view method) {
  const std::chrono::milliseconds pause(number_in<int>(blow.value).value_or(0));
  http::RawAnswer answer;
  for (const char byte : bytes_of(response, method)) {
    answer.steps.push_back({std::string(1, byte), pause});
  }
  return answer;
}

http::RawAnswer hanging() {
  return {{{"", std::chrono::hours(24)}}};
}

/// In the middle of the body; where none is sent, before the end of the head.
http::RawAnswer cut(const http::Response& response, std::string_view method) {
  auto bytes = bytes_of(response, method);
  const auto sent = method == "HEAD" ? 0 : response.body.size();
  bytes.resize(bytes.size() - std::max<std::size_t>(1, (sent + 1) / 2));
  return {{{std::move(bytes)}}};
}

http::RawAnswer in_broken_chunks(const http::Response& response) {
  const auto half = std::string_view(response.body).substr(0, response.body.size() / 2);
  auto bytes = head_with(response, "Transfer-Encoding: chunked\r\n");
  if (!half.empty()) bytes += fmt::format("{:x}\r\n{}\r\n", half.size(), half);
  return {{{bytes + "no size\r\n"}}};
}

http::RawAnswer endless(const http::Response& response) {
  return {{{head_with(response, "") + response.body},
           {std::string(std::size_t{64} << 10, 'x'), {}, forever}}};
}

http::Response in_no_gzip(http::Response response) {
  response.headers.set("Content-Encoding", "gzip");
  return response;
}

/// Where a text in the body begins, so that what reads the form around it goes on to it.
http::Response with_no_text(http::Response response) {
  const auto mark = response.body.find_first_of("\"=");
  response.body.insert(mark == std::string::npos ? 0 : mark + 1, no_text);
  response.headers.add("X-Node", std::string(no_text));
  return response;
}

http::RawAnswer with_two_lengths(const http::Response& response) {
  const auto size = response.body.size();
  const auto lengths = fmt::format("Content-Length: {}\r\nContent-Length: {}\r\n", size, size + 10);
  return {{{head_with(response, lengths) + response.body}}};
}

/// Those that a proxy or another filter of the product would add come first.
http::Response with_more_challenges(http::Response response) {
  http::Headers fields{{"WWW-Authenticate", "Negotiate"},
                       {"WWW-Authenticate", "Basic realm=\"intranet\""}};
  for (const auto& field : response.headers) fields.add(field.name, field.value);
  response.headers = std::move(fields);
  return response;
}

http::Answer spoilt(http::Response response, const Blow& blow, std::string_view method) {
  switch (blow.entry->kind) {
    case MishapKind::slow:
      return trickling(response, blow, method);
    case MishapKind::hanging:
      return hanging();
    case MishapKind::cut:
      return cut(response, method);
    case MishapKind::broken_chunks:
      return in_broken_chunks(response);
    case MishapKind::huge:
      return endless(response);
    case MishapKind::broken_gzip:
      return in_no_gzip(std::move(response));
    case MishapKind::invalid_utf8:
      return with_no_text(std::move(response));
    case MishapKind::duplicate_headers:
      if (blow.value == "challenge") return with_more_challenges(std::move(response));
      return with_two_lengths(response);
    default:
      return response;
  }
}

struct Redirection {
  std::string_view to;
  int status = 302;
};

Redirection redirection_in(std::string_view value) {
  const auto colon = value.find(':');
  if (colon == std::string_view::npos) return {value};
  return {value.substr(0, colon), number_in<int>(value.substr(colon + 1)).value_or(0)};
}

std::string location(const http::Url& url, std::string_view to) {
  const std::string_view scheme = url.scheme();
  const auto rest = std::string_view(url.text()).substr(scheme.size());
  if (to == "scheme") return fmt::format("{}{}", scheme == "http" ? "https" : "http", rest);
  const auto path = rest.substr(static_cast<std::size_t>(url.path().data() - rest.data()));
  if (to == "host") return fmt::format("{}://jira.example.com{}", scheme, path);
  return fmt::format("/moved{}", path);
}

}  // namespace

std::optional<http::Response> redirect_of(const http::Request& request, const Struck& struck) {
  const Blow* blow = struck.find(MishapKind::redirect);
  if (blow == nullptr) return std::nullopt;
  const auto [to, status] = redirection_in(blow->value);
  return http::Response{status, {{"Location", location(request.url, to)}}, ""};
}

http::Answer on_the_wire(http::Response response, const Struck& struck, std::string_view method) {
  constexpr std::array kinds{MishapKind::slow,         MishapKind::hanging,
                             MishapKind::cut,          MishapKind::broken_chunks,
                             MishapKind::huge,         MishapKind::broken_gzip,
                             MishapKind::invalid_utf8, MishapKind::duplicate_headers};
  for (const auto kind : kinds) {
    if (const Blow* blow = struck.find(kind)) return spoilt(std::move(response), *blow, method);
  }
  return response;
}

bool is_trickle(std::string_view text) {
  const auto milliseconds = number_in<int>(text);
  return milliseconds && 0 < *milliseconds && *milliseconds <= longest_trickle;
}

bool is_repeated_header(std::string_view text) {
  return text == "length" || text == "challenge";
}

bool is_redirection(std::string_view text) {
  const auto [to, status] = redirection_in(text);
  constexpr std::array<int, 5> statuses{301, 302, 303, 307, 308};
  return (to == "path" || to == "host" || to == "scheme") &&
         std::find(statuses.begin(), statuses.end(), status) != statuses.end();
}

}  // namespace applink::sandbox
