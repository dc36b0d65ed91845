// Whether libcurl asks the proxy that it is told of.
#include "http/proxy_login.h"

#include <array>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include <curl/curl.h>

#include "http/curl_error.h"

namespace applink::http {
namespace {

/// The variables in which libcurl looks, in its order. HTTP_PROXY is none of them: in a CGI program
/// whoever asks sets it.
std::array<const char*, 4> variables_for(std::string_view scheme) {
  if (scheme == "https") return {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
  return {"http_proxy", "all_proxy", "ALL_PROXY", "ALL_PROXY"};
}

/// The URL of the proxy that libcurl would ask, no_proxy aside; empty where there is none.
std::string_view chosen_proxy(const TransportOptions& options, const Url& url) {
  if (!options.proxy.empty()) return options.proxy;
  if (url.is_loopback()) return {};
  for (const char* const name : variables_for(url.scheme())) {
    const char* const value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  return {};
}

bool is_unescaped(CURLU* proxy, CURLUPart part, CURLUcode absent) {
  char* text = nullptr;
  const auto code = ::curl_url_get(proxy, part, &text, CURLU_URLDECODE);
  if (text != nullptr) ::curl_free(text);
  return code == CURLUE_OK || code == absent;
}

}  // namespace

Result<void> check_proxy_login(const TransportOptions& options, const Url& url) {
  const std::string proxy(chosen_proxy(options, url));
  if (proxy.empty()) return {};
  const std::unique_ptr<CURLU, decltype(&::curl_url_cleanup)> parsed(::curl_url(),
                                                                     &::curl_url_cleanup);
  // Of a URL that is none at all libcurl itself speaks.
  constexpr unsigned flags = CURLU_NON_SUPPORT_SCHEME | CURLU_GUESS_SCHEME;
  if (::curl_url_set(parsed.get(), CURLUPART_URL, proxy.c_str(), flags) != CURLUE_OK) return {};
  if (is_unescaped(parsed.get(), CURLUPART_USER, CURLUE_NO_USER) &&
      is_unescaped(parsed.get(), CURLUPART_PASSWORD, CURLUE_NO_PASSWORD)) {
    return {};
  }
  return tl::unexpected(
      transfer_error(url, {.code = CURLE_COULDNT_RESOLVE_PROXY,
                           .words = "the login in its URL has a control character"}));
}

}  // namespace applink::http
