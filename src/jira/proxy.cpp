// Which proxy URLs a link may have; their host and port are read as those of any URL.
#include "jira/proxy.h"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/url.h"

namespace applink::jira {
namespace {

constexpr std::array<std::string_view, 6> schemes{"http",    "https",  "socks4",
                                                  "socks4a", "socks5", "socks5h"};

tl::unexpected<Error> refused(std::string_view what) {
  return fail(ErrorCode::usage, fmt::format("the URL of the proxy {}", what),
              "write it as http://HOST:PORT; https, socks4, socks4a, socks5 and socks5h are "
              "possible too");
}

}  // namespace

Result<void> check_proxy(std::string_view proxy) {
  if (proxy.empty()) return {};
  if (proxy.find('@') != std::string_view::npos) {
    return fail(ErrorCode::usage, "the URL of the proxy has a login, which listings would show",
                "leave it out; a proxy that wants one goes into the variable https_proxy instead");
  }
  const auto colon = proxy.find("://");
  if (colon == std::string_view::npos) return refused("has no scheme");
  const auto scheme = to_lower_ascii(proxy.substr(0, colon));
  if (std::find(schemes.begin(), schemes.end(), scheme) == schemes.end()) {
    return refused("has a scheme that is none of a proxy");
  }
  const auto url = http::Url::parse(fmt::format("http{}", proxy.substr(colon)));
  if (!url) return refused("names no host and port");
  const bool has_more =
      (!url->path().empty() && url->path() != "/") || url->query() || url->fragment();
  return has_more ? refused("has more than a host and a port") : Result<void>{};
}

}  // namespace applink::jira
