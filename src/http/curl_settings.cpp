// What libcurl is told: TLS always verified, nothing altered, followed or repeated.
#include "http/curl_settings.h"

#include <new>

#include <fmt/format.h>

#include "applink/base/secret.h"

namespace applink::http {
namespace {

/// Methods whose lack of a body is said by "Content-Length: 0", RFC 9110 section 8.6.
bool always_has_body(std::string_view method) {
  return method == "POST" || method == "PUT" || method == "PATCH";
}

long resolving(IpVersion version) {
  switch (version) {
    case IpVersion::any:
      return CURL_IPRESOLVE_WHATEVER;
    case IpVersion::v4:
      return CURL_IPRESOLVE_V4;
    case IpVersion::v6:
      return CURL_IPRESOLVE_V6;
  }
  return CURL_IPRESOLVE_WHATEVER;
}

long speaking(HttpVersion version) {
  switch (version) {
    case HttpVersion::automatic:
      return CURL_HTTP_VERSION_2TLS;
    case HttpVersion::http_1_1:
      return CURL_HTTP_VERSION_1_1;
    case HttpVersion::http_2:
      return CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE;
  }
  return CURL_HTTP_VERSION_2TLS;
}

/// A proxy that is asked by https is a server like the other, and trusted on the same terms.
void set_tls(Settings& settings, const TransportOptions& options) {
  settings.set(CURLOPT_SSL_VERIFYPEER, 1L);
  settings.set(CURLOPT_SSL_VERIFYHOST, 2L);
  settings.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  settings.set(CURLOPT_PROXY_SSL_VERIFYPEER, 1L);
  settings.set(CURLOPT_PROXY_SSL_VERIFYHOST, 2L);
  settings.set(CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (options.ca_file.empty()) return;
  constexpr const char* nothing = nullptr;
  settings.set(CURLOPT_CAINFO, options.ca_file.c_str());
  settings.set(CURLOPT_CAPATH, nothing);
  settings.set(CURLOPT_PROXY_CAINFO, options.ca_file.c_str());
  settings.set(CURLOPT_PROXY_CAPATH, nothing);
}

void set_client_certificate(Settings& settings, const TransportOptions& options) {
  if (options.client_certificate.empty()) return;
  const auto& key = options.client_key.empty() ? options.client_certificate : options.client_key;
  settings.set(CURLOPT_SSLCERT, options.client_certificate.c_str());
  settings.set(CURLOPT_SSLKEY, key.c_str());
  // Given, so that OpenSSL does not ask for one on the terminal.
  settings.set(CURLOPT_KEYPASSWD, "");
}

void set_proxy(Settings& settings, const TransportOptions& options, const Url& url) {
  if (!options.proxy.empty()) {
    settings.set(CURLOPT_PROXY, options.proxy.c_str());
    settings.set(CURLOPT_NOPROXY, "");
  } else if (url.is_loopback()) {
    // The proxy's loopback is not this machine's, whatever https_proxy says.
    settings.set(CURLOPT_NOPROXY, "*");
  }
}

}  // namespace

HeaderLines::HeaderLines(const Headers& headers) {
  for (const auto& field : headers) {
    // An empty value after a colon would take the field away.
    add(field.value.empty() ? field.name + ";" : field.name + ": " + field.value);
  }
  for (const std::string_view name : {"Content-Type", "Expect"}) {
    if (!headers.find(name)) add(fmt::format("{}:", name));
  }
  if (!headers.find("Accept-Encoding")) add("Accept-Encoding: identity");
}

HeaderLines::~HeaderLines() {
  for (auto* node = list_; node != nullptr; node = node->next) {
    for (volatile char* c = node->data; *c != '\0'; ++c) *c = '\0';
  }
  ::curl_slist_free_all(list_);
}

void HeaderLines::add(std::string line) {
  auto* longer = ::curl_slist_append(list_, line.c_str());
  wipe(line);
  if (longer == nullptr) throw std::bad_alloc();
  list_ = longer;
}

Result<void> Settings::taken() const {
  if (code_ == CURLE_OK) return {};
  return fail(ErrorCode::failed,
              fmt::format("libcurl does not take a setting: {}", ::curl_easy_strerror(code_)),
              "check the link's proxy, CA file and time limit, and that libcurl speaks TLS 1.2");
}

void set_request(Settings& settings, const Request& request, const HeaderLines& lines) {
  settings.set(CURLOPT_URL, request.url.text().c_str());
  settings.set(CURLOPT_PATH_AS_IS, 1L);
  settings.set(CURLOPT_HTTPHEADER, lines.get());
  // A proxy never sees the request's own headers, its Authorization least of all.
  settings.set(CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));
  if (request.method == "HEAD") {
    settings.set(CURLOPT_NOBODY, 1L);
    return;
  }
  if (!request.body.empty() || always_has_body(request.method)) {
    settings.set(CURLOPT_POST, 1L);
    settings.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    settings.set(CURLOPT_POSTFIELDS, request.body.data());
  }
  settings.set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

void set_connection(Settings& settings, const TransportOptions& options, const Url& url) {
  settings.set(CURLOPT_PROTOCOLS_STR, "http,https");
  settings.set(CURLOPT_FOLLOWLOCATION, 0L);
  settings.set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  settings.set(CURLOPT_NOSIGNAL, 1L);
  settings.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  // On a connection that was kept, libcurl sends a request again by itself when the server had just
  // closed it. A signed request must not arrive twice: its nonce would be known already.
  settings.set(CURLOPT_FRESH_CONNECT, 1L);
  settings.set(CURLOPT_FORBID_REUSE, 1L);
  settings.set(CURLOPT_USERAGENT, options.user_agent.c_str());
  settings.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count()));
  settings.set(CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
  settings.set(CURLOPT_IPRESOLVE, resolving(options.ip_version));
  settings.set(CURLOPT_HTTP_VERSION, speaking(options.http_version));
  set_tls(settings, options);
  set_client_certificate(settings, options);
  set_proxy(settings, options, url);
}

}  // namespace applink::http
