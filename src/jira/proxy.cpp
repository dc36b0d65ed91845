// Which proxy URLs a link may have; their host and port are read as those of any URL.
#include "jira/proxy.h"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/url.h"
#include "applink/jira/application_link.h"

namespace applink::jira {
namespace {

constexpr std::array<std::string_view, 6> schemes{"http",    "https",  "socks4",
                                                  "socks4a", "socks5", "socks5h"};

constexpr std::size_t longest_login = 1024;

tl::unexpected<Error> refused(std::string_view what) {
  return fail(ErrorCode::usage, fmt::format("the URL of the proxy {}", what),
              "write it as http://HOST:PORT; https, socks4, socks4a, socks5 and socks5h are "
              "possible too");
}

/// Where the login ends: an '@' in a password has to be written as %40.
std::size_t end_of_login(std::string_view after_scheme) {
  const auto authority = after_scheme.substr(0, after_scheme.find_first_of("/?#"));
  const auto at = authority.rfind('@');
  return at == std::string_view::npos ? 0 : at + 1;
}

/// libcurl goes past a proxy whose login has an escaped control character, and says nothing.
bool is_well_escaped(std::string_view login) {
  constexpr std::string_view hex = "0123456789ABCDEFabcdef";
  for (auto at = login.find('%'); at != std::string_view::npos; at = login.find('%', at + 1)) {
    const auto digits = login.substr(at + 1, 2);
    const bool is_escape =
        digits.size() == 2 && digits.find_first_not_of(hex) == std::string_view::npos;
    if (!is_escape || digits.front() < '2' || to_lower_ascii(digits) == "7f") return false;
  }
  return true;
}

Result<void> check_login(std::string_view login) {
  const bool is_plain = std::all_of(login.begin(), login.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~!$&'()*+,;=:%").find(c) != std::string_view::npos;
  });
  if (!is_well_escaped(login)) {
    return fail(ErrorCode::usage,
                "the login in the URL of the proxy has a % that begins no visible character",
                "write %25 for a % that belongs to the login");
  }
  if (is_plain && login.size() <= longest_login && login != ":") return {};
  return fail(ErrorCode::usage,
              "the login in the URL of the proxy has characters that a URL has not",
              "write each of them as %XX: %40 for @, %2F for /, %3A for a colon in the user name");
}

}  // namespace

Result<void> check_proxy(std::string_view proxy) {
  if (proxy.empty()) return {};
  const auto colon = proxy.find("://");
  if (colon == std::string_view::npos) return refused("has no scheme");
  const auto scheme = to_lower_ascii(proxy.substr(0, colon));
  if (std::find(schemes.begin(), schemes.end(), scheme) == schemes.end()) {
    return refused("has a scheme that is none of a proxy");
  }
  const auto rest = proxy.substr(colon + 3);
  const auto login = end_of_login(rest);
  if (login > 0) TRY(check_login(rest.substr(0, login - 1)));
  const auto url = http::Url::parse(fmt::format("http://{}", rest.substr(login)));
  if (!url) return refused("names no host and port");
  const bool has_more =
      (!url->path().empty() && url->path() != "/") || url->query() || url->fragment();
  return has_more ? refused("has more than a host and a port") : Result<void>{};
}

std::string proxy_without_login(std::string_view proxy) {
  const auto colon = proxy.find("://");
  if (colon == std::string_view::npos) return std::string(proxy);
  const auto rest = proxy.substr(colon + 3);
  const auto login = end_of_login(rest);
  if (login == 0) return std::string(proxy);
  return fmt::format("{}://***@{}", proxy.substr(0, colon), rest.substr(login));
}

}  // namespace applink::jira
