// The proxy's mishaps: none of them shows before the signature is checked.
#include "sandbox/proxy_mishaps.h"

#include <string>
#include <utility>

#include <fmt/format.h>

namespace applink::sandbox {
namespace {

// A proxy knows nothing of the product's pages.
http::Response proxy_page(int status) {
  const std::string title = fmt::format("{} {}", status, http::reason_phrase(status));
  return {status,
          {{"Content-Type", "text/html"}, {"Cache-Control", "no-store"}},
          fmt::format("<html>\n<head><title>{0}</title></head>\n<body>\n<h1>{0}</h1>\n</body>\n"
                      "</html>\n",
                      title)};
}

http::Url with_scheme_turned(const http::Url& url) {
  const std::string_view rest = std::string_view(url.text()).substr(url.scheme().size());
  const std::string_view other = url.scheme() == "http" ? "https" : "http";
  return http::Url::parse(fmt::format("{}{}", other, rest)).value_or(url);
}

// "/jira/rest/x" as "/internal/rest/x"; what is outside of the context stays.
http::Url with_context(const http::Url& url, std::string_view from, std::string_view to) {
  const std::string_view path = url.path();
  if (path.substr(0, from.size()) != from) return url;
  const std::string_view before(url.text().data(),
                                static_cast<std::size_t>(path.data() - url.text().data()));
  const std::string_view behind = std::string_view(url.text()).substr(before.size() + from.size());
  return http::Url::parse(fmt::format("{}{}{}", before, to == "/" ? "" : to, behind)).value_or(url);
}

void lose_body(http::Request& request) {
  request.body.clear();
  request.headers.remove("Content-Length");
}

}  // namespace

std::optional<http::Response> answer_of_proxy(const Struck& struck) {
  if (struck.by(MishapKind::bad_gateway)) return proxy_page(502);
  const Blow* blow = struck.find(MishapKind::unavailable);
  if (blow == nullptr) return std::nullopt;
  http::Response response = proxy_page(503);
  response.headers.add("Retry-After", blow->value);
  return response;
}

http::Request passed_on(const http::Request& request, const Struck& struck,
                        std::string_view context_path) {
  http::Request out = request;
  if (struck.by(MishapKind::dropped_header)) out.headers.remove("Authorization");
  if (struck.by(MishapKind::eaten_body)) lose_body(out);
  if (const Blow* blow = struck.find(MishapKind::wrong_host)) out.headers.set("Host", blow->value);
  if (const Blow* blow = struck.find(MishapKind::rewritten_path)) {
    out.url = with_context(out.url, context_path, blow->value);
  }
  if (struck.by(MishapKind::wrong_scheme)) out.url = with_scheme_turned(out.url);
  return out;
}

}  // namespace applink::sandbox
