// What a person types for a URL, escaped where that changes nothing and refused where it would.
#include "applink/jira/request_url.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "applink/base/encoding.h"
#include "applink/base/text.h"
#include "applink/base/utf8.h"

namespace applink::jira {
namespace {

// Tomcat's usual limit is 8 KiB for the request line and the headers together.
constexpr std::size_t longest_target = 8192;
constexpr std::size_t most_named = 5;

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// Neither reserved nor unreserved in RFC 3986: no URL contains it, so nobody meant it as syntax.
bool is_to_be_escaped(char c) {
  return static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view(" \"<>\\^`{|}[]").find(c) != std::string_view::npos;
}

std::string escaped(std::string_view character) {
  std::string text;
  for (const char c : character) text += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return text;
}

/// The brackets of an IPv6 address stay.
std::size_t end_of_authority(std::string_view typed) {
  const auto scheme = typed.find("://");
  if (typed.starts_with('/') || scheme == std::string_view::npos) return 0;
  return std::min(typed.find_first_of("/?#", scheme + 3), typed.size());
}

Result<void> check_bytes(std::string_view typed) {
  if (std::any_of(typed.begin(), typed.end(), is_control)) {
    return fail(ErrorCode::usage, "the URL has a control character",
                "type it again instead of pasting it; a line break in a value is %0A");
  }
  if (is_utf8(typed)) return {};
  return fail(ErrorCode::usage, "the URL has bytes that are no UTF-8",
              "write it in UTF-8, or each such byte as %XX");
}

struct Escaped {
  std::string text;
  std::vector<std::string> replaced;  ///< "ü" as %C3%BC: each once
};

Escaped with_escapes(std::string_view typed) {
  Escaped made{std::string(typed.substr(0, end_of_authority(typed))), {}};
  typed.remove_prefix(made.text.size());
  while (!typed.empty()) {
    const auto character = typed.substr(0, first_code_point(typed).length);
    typed.remove_prefix(character.size());
    if (!is_to_be_escaped(character.front())) {
      made.text += character;
      continue;
    }
    made.text += escaped(character);
    auto words = fmt::format("\"{}\" as {}", terminal_safe(character), escaped(character));
    const auto& known = made.replaced;
    if (std::find(known.begin(), known.end(), words) == known.end()) {
      made.replaced.push_back(std::move(words));
    }
  }
  return made;
}

std::vector<std::string> notes_of(const std::vector<std::string>& replaced) {
  if (replaced.empty()) return {};
  const auto shown = std::min(replaced.size(), most_named);
  return {
      fmt::format("the URL was escaped: {}{}",
                  fmt::join(replaced.begin(), replaced.begin() + static_cast<long>(shown), ", "),
                  replaced.size() > shown ? " and more" : "")};
}

Result<void> check_names(std::string_view query) {
  if (!query.starts_with('=') && query.find("&=") == std::string_view::npos) return {};
  return fail(ErrorCode::usage, "the query has a parameter without a name",
              "remove what looks like =VALUE, or name it: servers drop it, and then the signature "
              "is wrong");
}

std::string with_escapes_decoded(std::string_view query) {
  std::string bytes;
  for (std::size_t at = 0; at < query.size(); ++at) {
    bytes += query[at];
    if (query[at] != '%') continue;
    const auto byte = hex_decode(query.substr(at + 1, 2));
    if (!byte) continue;
    bytes.replace(bytes.size() - 1, 1, *byte);
    at += 2;
  }
  return bytes;
}

/// What the servlet container decodes before it looks for the resource, and refuses.
std::optional<std::string_view> refused_escape(std::string_view path) {
  for (auto at = path.find('%'); at != std::string_view::npos; at = path.find('%', at + 1)) {
    const auto escape = to_lower_ascii(path.substr(at, 3));
    if (escape == "%2f" || escape == "%5c" || escape == "%00") return path.substr(at, 3);
  }
  return std::nullopt;
}

Result<void> check_path(std::string_view path, std::string_view provider) {
  const auto escape = refused_escape(path);
  if (!escape) return {};
  return fail(
      ErrorCode::usage,
      fmt::format("{}'s server answers {} in a path with 400 Bad Request", provider, *escape),
      "give such a value in the query, where the interface takes it there");
}

Result<void> check_for_tomcat(const http::Url& url, std::string_view provider) {
  if (url.host().find('_') != std::string_view::npos) {
    return fail(
        ErrorCode::usage,
        fmt::format("{}'s server answers a host name with \"_\" with 400 Bad Request", provider),
        "use another name of that host: no host name has an underscore");
  }
  TRY(check_path(url.path(), provider));
  const auto query = url.query().value_or("");
  if (!is_utf8(with_escapes_decoded(query))) {
    return fail(
        ErrorCode::usage, "the query has escapes that are no UTF-8",
        fmt::format("write it in UTF-8 (\"\u00fc\" is %C3%BC): {} would read something else, "
                    "and refuse the signature",
                    provider));
  }
  const auto target = url.path().size() + query.size();
  if (target < longest_target) return {};
  return fail(ErrorCode::usage,
              fmt::format("path and query are {} bytes long: {}'s server takes less than {}",
                          target, provider, longest_target),
              "ask for less at once; a long search goes as a POST to /rest/api/2/search");
}

}  // namespace

Result<RequestUrl> request_url(const ApplicationLink& link, std::string_view typed) {
  TRY(check_bytes(typed));
  const auto made = with_escapes(typed);
  TRY_ASSIGN(auto url, resolve(link, made.text));
  TRY(check_names(url.query().value_or("")));
  if (link.product != Product::generic) TRY(check_for_tomcat(url, provider_word(link)));
  return RequestUrl{std::move(url), notes_of(made.replaced)};
}

Result<std::string> escaped_url(std::string_view typed) {
  TRY(check_bytes(typed));
  return with_escapes(typed).text;
}

}  // namespace applink::jira
