// Which URLs are a link's own: the base URL, what lies under it, what only looks so.
#include <algorithm>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/url.h"
#include "applink/jira/application_link.h"
#include "jira/link_check.h"
#include "jira/page_address.h"
#include "jira/redirect.h"

namespace applink::jira {
namespace {

/// How many characters at the front of `text` a server might take for a slash: 0 for none.
std::size_t slash_length(std::string_view text) {
  if (text.starts_with('/') || text.starts_with('\\')) return 1;
  const auto escape = to_lower_ascii(text.substr(0, 3));
  return escape == "%2f" || escape == "%5c" ? 3 : 0;
}

std::string with_dots_decoded(std::string_view segment) {
  std::string decoded = to_lower_ascii(segment);
  for (auto at = decoded.find("%2e"); at != std::string::npos; at = decoded.find("%2e")) {
    decoded.replace(at, 3, ".");
  }
  return decoded;
}

/// "." and "..", encoded ones too, and those with a path parameter, which servlet containers drop
/// before they look: "..;x".
bool is_dot_segment(std::string_view segment) {
  const auto decoded = with_dots_decoded(segment.substr(0, segment.find(';')));
  return decoded == "." || decoded == "..";
}

Error no_scheme(std::string_view typed) {
  const bool may_be_shown = typed.find('@') == std::string_view::npos;
  return {ErrorCode::usage, "the base URL has no scheme",
          may_be_shown && !typed.empty()
              ? fmt::format("write it with its scheme: {}", terminal_safe(with_scheme(typed)))
              : "write it as https://HOST/CONTEXT-PATH"};
}

Result<void> check_shape(const http::Url& url) {
  const auto context = without_trailing_slashes(context_path_in(url));
  const auto meant = fmt::format("the base URL is probably {}{}", origin_of(url), context);
  if (url.query()) return fail(ErrorCode::usage, "the base URL has a query", meant);
  if (url.fragment()) return fail(ErrorCode::usage, "the base URL has a fragment", meant);
  if (has_dot_segments(url.path())) {
    return fail(ErrorCode::usage, "the base URL has \".\" or \"..\" among its path's segments",
                "write the path that is left when they are followed");
  }
  if (context != without_trailing_slashes(url.path())) {
    return fail(ErrorCode::usage, fmt::format("{} is the address of a page", url.text()), meant);
  }
  return {};
}

Result<void> check_ownership(const ApplicationLink& link, const http::Url& url) {
  if (has_dot_segments(url.path())) {
    return fail(ErrorCode::usage, "the path has \".\" or \"..\" among its segments",
                "write the path that is left when they are followed");
  }
  if (url.fragment()) {
    return fail(ErrorCode::usage, "the URL has a fragment, which is never sent",
                "write %23 where a # belongs to the path or the query");
  }
  if (belongs_to(link, url)) return {};
  return fail(ErrorCode::usage,
              fmt::format("{} does not belong to the link {}, whose base URL is {}", url.text(),
                          link.name, link.base_url),
              "a signature is sent to the link's own host, port and context path alone");
}

}  // namespace

bool has_dot_segments(std::string_view path) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < path.size();) {
    const auto slash = slash_length(path.substr(at));
    if (slash == 0) {
      ++at;
      continue;
    }
    if (is_dot_segment(path.substr(begin, at - begin))) return true;
    at += slash;
    begin = at;
  }
  return is_dot_segment(path.substr(begin));
}

Result<void> check_scheme(const http::Url& url, AllowHttp allow_http) {
  if (url.scheme() == "https" || url.is_loopback() || allow_http == AllowHttp::yes) return {};
  return fail(
      ErrorCode::usage,
      fmt::format("{} is plain http: whoever is on the way reads and alters what passes",
                  url.text()),
      fmt::format("write https{}; where there is no https, --allow-http of link add and link "
                  "set lets it go there",
                  url.text().substr(std::string_view("http").size())));
}

Result<std::string> checked_base_url(std::string_view typed, AllowHttp allow_http) {
  const auto text = trim_ascii(typed);
  if (text.find("://") == std::string_view::npos) return tl::unexpected(no_scheme(text));
  auto parsed = http::Url::parse(text);
  if (!parsed) return tl::unexpected(in_context("the base URL", std::move(parsed).error()));
  TRY(check_shape(*parsed));
  TRY(check_scheme(*parsed, allow_http));
  return std::string(without_trailing_slashes(text));
}

bool belongs_to(const ApplicationLink& link, const http::Url& url) {
  const auto base = http::Url::parse(link.base_url);
  if (!base || !base->same_origin(url) || has_dot_segments(url.path())) return false;
  const auto context = without_trailing_slashes(base->path());
  if (!url.path().starts_with(context)) return false;
  const auto rest = url.path().substr(context.size());
  return rest.empty() || rest.front() == '/';
}

bool may_be_signed(const ApplicationLink& link, const http::Url& url) {
  if (belongs_to(link, url)) return true;
  return link.endpoints && (url.text() == link.endpoints->temporary_credentials ||
                            url.text() == link.endpoints->token_credentials);
}

std::vector<ApplicationLink> links_for(std::span<const ApplicationLink> links,
                                       const http::Url& url) {
  std::vector<ApplicationLink> best;
  for (const auto& link : links) {
    if (!belongs_to(link, url)) continue;
    if (!best.empty() && link.base_url.size() < best.front().base_url.size()) continue;
    if (!best.empty() && link.base_url.size() > best.front().base_url.size()) best.clear();
    best.push_back(link);
  }
  return best;
}

Result<http::Url> resolve(const ApplicationLink& link, std::string_view path_or_url) {
  const bool is_path = path_or_url.starts_with('/');
  if (!is_path && path_or_url.find("://") == std::string_view::npos) {
    return fail(ErrorCode::usage,
                fmt::format("\"{}\" is neither a path nor a URL", terminal_safe(path_or_url)),
                path_or_url.empty()
                    ? "a path is written as /rest/api/2/myself"
                    : fmt::format("a path begins with a slash: /{}", terminal_safe(path_or_url)));
  }
  const auto text = is_path ? link.base_url + std::string(path_or_url) : std::string(path_or_url);
  TRY_ASSIGN(auto url, http::Url::parse(text));
  TRY(check_ownership(link, url));
  return url;
}

std::optional<std::string> base_url_in_redirect(const ApplicationLink& link, const http::Url& asked,
                                                std::string_view location) {
  const auto base = http::Url::parse(link.base_url);
  if (!base || !belongs_to(link, asked)) return std::nullopt;
  const bool is_path = location.starts_with('/') && !location.starts_with("//");
  const auto target = http::Url::parse((is_path ? std::string(origin_of(asked)) : std::string()) +
                                       std::string(location));
  const auto below = asked.path().substr(without_trailing_slashes(base->path()).size());
  if (!target || below.empty() || !target->path().ends_with(below)) return std::nullopt;
  const auto context = target->path().substr(0, target->path().size() - below.size());
  const auto meant =
      checked_base_url(fmt::format("{}{}", origin_of(*target), context), link.allow_http);
  if (!meant || *meant == link.base_url) return std::nullopt;
  return *meant;
}

}  // namespace applink::jira
