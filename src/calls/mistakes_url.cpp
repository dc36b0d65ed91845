// What clients do wrong with the URL that they sign.
#include <array>

#include <fmt/format.h>

#include "applink/base/encoding.h"
#include "applink/base/text.h"
#include "calls/mistakes.h"

namespace applink::calls {
namespace {

/// A query is left out where the URL is shown: it may hold a token.
Mistaken with_url(SignedText text, std::string deed) {
  SignedText shown = text;
  if (!text.query_in_url.empty()) shown.query_in_url = "?…";
  std::string url = url_of(shown);
  return {std::move(text), std::move(url), std::move(deed)};
}

std::uint16_t usual_port(std::string_view scheme) {
  return scheme == "https" ? 443 : 80;
}

Mistaken with_port(const SignedText& right, std::optional<std::uint16_t> port, std::string deed) {
  SignedText text = right;
  text.port = port;
  return with_url(std::move(text), std::move(deed));
}

Mistaken with_path(const SignedText& right, std::string path, std::string deed) {
  SignedText text = right;
  text.path = std::move(path);
  return with_url(std::move(text), std::move(deed));
}

/// Whether the path lies under the context path, by whole segments.
bool is_under(std::string_view path, std::string_view context) {
  return path.starts_with(context) &&
         (path.size() == context.size() || path[context.size()] == '/');
}

std::string below(std::string_view path, std::string_view context) {
  const auto rest = path.substr(context.size());
  return rest.empty() ? "/" : std::string(rest);
}

/// Under which products are often found: where nobody says it.
constexpr std::array<std::string_view, 6> usual_context_paths = {
    "/jira", "/confluence", "/wiki", "/bitbucket", "/stash", "/bamboo"};

/// Where products listen behind a proxy: Jira, Confluence, Bitbucket, Bamboo, Tomcat with TLS.
constexpr std::array<std::uint16_t, 5> usual_ports = {8080, 8090, 7990, 8085, 8443};

Mistaken without_context(const SignedText& right, std::string_view context) {
  return with_path(right, below(right.path, context),
                   fmt::format("left out the context path {}", context));
}

Mistaken with_context(const SignedText& right, std::string_view context) {
  return with_path(right, fmt::format("{}{}", context, right.path),
                   fmt::format("signed a context path {} that was not sent", context));
}

std::string_view without_slash(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  return path;
}

std::string decoded(std::string_view path) {
  std::string plain;
  while (!path.empty()) {
    const auto byte = path.front() == '%' ? hex_decode(path.substr(1, 2)) : Result<std::string>();
    const bool is_escape = byte && byte->size() == 1;
    plain += is_escape ? byte->front() : path.front();
    path.remove_prefix(is_escape ? 3 : 1);
  }
  return plain;
}

std::string replaced_everywhere(std::string text, std::string_view part, std::string_view by) {
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + by.size())) {
    text.replace(at, part.size(), by);
  }
  return text;
}

}  // namespace

Mistakes other_scheme(const SignedText& right, const MistakeClues&) {
  const bool secure = right.scheme == "https";
  SignedText text = right;
  text.scheme = secure ? "http" : "https";
  return {with_url(std::move(text), secure ? "signed the URL without TLS"
                                           : "signed the URL with TLS, and it was sent without")};
}

Mistakes other_port(const SignedText& right, const MistakeClues& clues) {
  Mistakes made;
  if (right.port) {
    made.push_back(
        with_port(right, std::nullopt, fmt::format("left out the port {}", *right.port)));
  } else {
    made.push_back(with_port(right, usual_port(right.scheme), "named the default port"));
  }
  std::vector<std::uint16_t> others(usual_ports.begin(), usual_ports.end());
  if (clues.base_url) others.push_back(clues.base_url->port());
  for (const std::uint16_t port : others) {
    if (port == right.port || port == usual_port(right.scheme)) continue;
    made.push_back(
        with_port(right, port, fmt::format("signed the port {}, which was not asked", port)));
  }
  return made;
}

Mistakes other_host(const SignedText& right, const MistakeClues& clues) {
  Mistakes made;
  const auto with_host = [&](std::string_view host, std::string deed) {
    if (host == right.host) return;
    SignedText text = right;
    text.host = host;
    made.push_back(with_url(std::move(text), std::move(deed)));
  };
  with_host(clues.request.url.host(), "did not put the host into lower case");
  if (clues.base_url) {
    with_host(to_lower_ascii(clues.base_url->host()), "signed the host of the base URL");
  }
  if (const auto field = clues.request.headers.find("Host")) {
    with_host(to_lower_ascii(field->substr(0, field->rfind(':'))), "signed the Host field");
  }
  return made;
}

Mistakes other_context_path(const SignedText& right, const MistakeClues& clues) {
  const auto path = std::string_view(right.path);
  const auto known = clues.base_url ? without_slash(clues.base_url->path()) : std::string_view();
  if (!known.empty() && is_under(path, known)) return {without_context(right, known)};
  if (!known.empty()) return {with_context(right, known)};
  Mistakes made;
  const auto first = path.substr(0, path.find('/', 1));
  if (first.size() > 1 && first.size() < path.size()) made.push_back(without_context(right, first));
  for (const std::string_view usual : usual_context_paths) {
    if (!is_under(path, usual)) made.push_back(with_context(right, usual));
  }
  return made;
}

Mistakes other_path(const SignedText& right, const MistakeClues&) {
  Mistakes made;
  const auto with = [&](std::string path, std::string deed) {
    if (path != right.path) made.push_back(with_path(right, std::move(path), std::move(deed)));
  };
  if (right.path.size() > 1) {
    const auto stem = without_slash(right.path);
    if (stem.size() < right.path.size()) {
      with(std::string(stem), "left out the slash at the end of the path");
    } else {
      with(right.path + '/', "signed a slash at the end of the path that was not sent");
    }
  } else {
    with("", "signed no path where it is /");
  }
  with(decoded(right.path), "signed the path decoded");
  with(replaced_everywhere(right.path, "%", "%25"), "encoded the path once more");
  with(replaced_everywhere(right.path, "//", "/"), "signed // in the path as /");
  with(to_lower_ascii(right.path), "put the path into lower case");
  return made;
}

Mistakes query_in_url(const SignedText& right, const MistakeClues& clues) {
  const auto query = clues.request.url.query();
  if (!query) return {};
  SignedText twice = right;
  twice.query_in_url = fmt::format("?{}", *query);
  SignedText once = twice;
  once.query.clear();
  return {with_url(std::move(once), "left the query in the URL"),
          with_url(std::move(twice), "left the query in the URL, beside its parameters")};
}

}  // namespace applink::calls
