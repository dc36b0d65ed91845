// Transport over libcurl.
#include "applink/http/curl_transport.h"

#include <array>
#include <mutex>
#include <utility>
#include <vector>

#include <curl/curl.h>
#include <fmt/format.h>

#include "applink/base/secret.h"
#include "applink/base/text.h"
#include "http/curl_error.h"
#include "http/response_collector.h"

namespace applink::http {
namespace {

struct EasyDeleter {
  void operator()(CURL* handle) const { ::curl_easy_cleanup(handle); }
};
using EasyHandle = std::unique_ptr<CURL, EasyDeleter>;

/// Header lines for libcurl, wiped when freed: one of them is the Authorization.
class HeaderLines {
 public:
  HeaderLines() = default;
  HeaderLines(const HeaderLines&) = delete;
  HeaderLines& operator=(const HeaderLines&) = delete;
  ~HeaderLines() {
    for (auto* node = list_; node != nullptr; node = node->next) {
      for (volatile char* c = node->data; *c != '\0'; ++c) *c = '\0';
    }
    ::curl_slist_free_all(list_);
  }

  void add(std::string line) {
    auto* longer = ::curl_slist_append(list_, line.c_str());
    wipe(line);
    if (longer == nullptr) throw std::bad_alloc();
    list_ = longer;
  }
  [[nodiscard]] curl_slist* get() const { return list_; }

 private:
  curl_slist* list_ = nullptr;
};

/// What one transfer is to be. If libcurl does not take all of it, there is no transfer: it would
/// be one past the proxy, or with less of TLS than was asked for.
class Settings {
 public:
  explicit Settings(CURL* curl) : curl_(curl) {}

  template <class Value>
  void set(CURLoption option, Value value) {
    if (code_ == CURLE_OK) code_ = ::curl_easy_setopt(curl_, option, value);
  }

  [[nodiscard]] Result<void> taken() const {
    if (code_ == CURLE_OK) return {};
    return fail(ErrorCode::failed,
                fmt::format("libcurl does not take a setting: {}", ::curl_easy_strerror(code_)),
                "check the link's proxy, CA file and time limit, and that libcurl speaks TLS 1.2");
  }

 private:
  CURL* curl_;
  CURLcode code_ = CURLE_OK;
};

constexpr std::array<std::string_view, 4> own_headers{"Host", "Content-Length", "Transfer-Encoding",
                                                      "Connection"};

Result<void> check_header(const Headers& headers) {
  for (const auto& field : headers) {
    if (!is_token(field.name)) {
      return fail(ErrorCode::usage,
                  fmt::format("\"{}\" is not the name of a header", terminal_safe(field.name)),
                  "write a header as \"Name: value\"");
    }
    if (!is_field_value(field.value)) {
      return fail(ErrorCode::usage,
                  fmt::format("the value of the header {} has a control character, or a blank at "
                              "an end",
                              field.name),
                  "leave line breaks and blanks out of it");
    }
  }
  for (const auto name : own_headers) {
    if (!headers.find(name)) continue;
    return fail(ErrorCode::usage, fmt::format("the header {} is set by the connection", name),
                "leave it out");
  }
  return {};
}

Result<void> check(const Request& request) {
  if (!is_token(request.method)) {
    return fail(ErrorCode::usage,
                fmt::format("\"{}\" is not an HTTP method", terminal_safe(request.method)),
                "use GET, POST, PUT or DELETE");
  }
  if (request.method == "HEAD" && !request.body.empty()) {
    return fail(ErrorCode::usage, "a HEAD request has no body", "leave it out, or use GET");
  }
  return check_header(request.headers);
}

/// The request's own fields, and an end to those that libcurl would add unasked: a form's
/// Content-Type would even change what a signature covers.
void add_headers(HeaderLines& lines, const Headers& headers) {
  for (const auto& field : headers) {
    // An empty value after a colon would take the field away.
    lines.add(field.value.empty() ? field.name + ";" : field.name + ": " + field.value);
  }
  for (const std::string_view name : {"Content-Type", "Expect"}) {
    if (!headers.find(name)) lines.add(fmt::format("{}:", name));
  }
  if (!headers.find("Accept-Encoding")) lines.add("Accept-Encoding: identity");
}

/// Methods whose lack of a body is said by "Content-Length: 0", RFC 9110 section 8.6.
bool always_has_body(std::string_view method) {
  return method == "POST" || method == "PUT" || method == "PATCH";
}

class CurlTransport final : public Transport {
 public:
  explicit CurlTransport(TransportOptions options) : options_(std::move(options)) {}
  Result<Response> send(const Request& request) override;

 private:
  EasyHandle take_handle();
  void give_back(EasyHandle handle);
  void set_connection(Settings& settings, const Url& url) const;
  void set_client_certificate(Settings& settings) const;
  Result<Response> perform(CURL* curl, const Request& request) const;
  [[nodiscard]] Error failure(CURL* curl, CURLcode code, const Url& url,
                              std::string_view words) const;

  TransportOptions options_;
  std::mutex mutex_;
  std::vector<EasyHandle> idle_;
};

/// A handle keeps what is costly to make: the trusted certificates, read and parsed.
EasyHandle CurlTransport::take_handle() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return EasyHandle(::curl_easy_init());
  auto handle = std::move(idle_.back());
  idle_.pop_back();
  return handle;
}

void CurlTransport::give_back(EasyHandle handle) {
  ::curl_easy_reset(handle.get());
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(handle));
}

Result<Response> CurlTransport::send(const Request& request) {
  TRY(check(request));
  auto handle = take_handle();
  if (!handle)
    return fail(ErrorCode::failed, "libcurl does not start",
                "the machine may be out of memory: try again");
  auto response = perform(handle.get(), request);
  give_back(std::move(handle));
  return response;
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

void CurlTransport::set_client_certificate(Settings& settings) const {
  if (options_.client_certificate.empty()) return;
  const auto& key = options_.client_key.empty() ? options_.client_certificate : options_.client_key;
  settings.set(CURLOPT_SSLCERT, options_.client_certificate.c_str());
  settings.set(CURLOPT_SSLKEY, key.c_str());
  // Given, so that OpenSSL does not ask for one on the terminal.
  settings.set(CURLOPT_KEYPASSWD, "");
}

void CurlTransport::set_connection(Settings& settings, const Url& url) const {
  settings.set(CURLOPT_PROTOCOLS_STR, "http,https");
  settings.set(CURLOPT_FOLLOWLOCATION, 0L);
  settings.set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  settings.set(CURLOPT_NOSIGNAL, 1L);
  settings.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  // On a connection that was kept, libcurl sends a request again by itself when the server had just
  // closed it. A signed request must not arrive twice: its nonce would be known already.
  settings.set(CURLOPT_FRESH_CONNECT, 1L);
  settings.set(CURLOPT_FORBID_REUSE, 1L);
  settings.set(CURLOPT_SSL_VERIFYPEER, 1L);
  settings.set(CURLOPT_SSL_VERIFYHOST, 2L);
  settings.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  settings.set(CURLOPT_USERAGENT, options_.user_agent.c_str());
  settings.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
  settings.set(CURLOPT_TIMEOUT_MS, static_cast<long>(options_.timeout.count()));
  settings.set(CURLOPT_IPRESOLVE, resolving(options_.ip_version));
  settings.set(CURLOPT_HTTP_VERSION, speaking(options_.http_version));
  set_client_certificate(settings);
  if (!options_.ca_file.empty()) {
    settings.set(CURLOPT_CAINFO, options_.ca_file.c_str());
    settings.set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
  if (!options_.proxy.empty()) {
    settings.set(CURLOPT_PROXY, options_.proxy.c_str());
    settings.set(CURLOPT_NOPROXY, "");
  } else if (url.is_loopback()) {
    // The proxy's loopback is not this machine's, whatever https_proxy says.
    settings.set(CURLOPT_NOPROXY, "*");
  }
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* collector) {
  const std::string_view line(data, size * count);
  return static_cast<ResponseCollector*>(collector)->take_header_line(line) ? line.size() : 0;
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* collector) {
  const std::string_view bytes(data, size * count);
  return static_cast<ResponseCollector*>(collector)->take_body(bytes) ? bytes.size() : 0;
}

Result<Response> CurlTransport::perform(CURL* curl, const Request& request) const {
  HeaderLines lines;
  add_headers(lines, request.headers);
  Settings settings(curl);
  set_request(settings, request, lines);
  set_connection(settings, request.url);
  ResponseCollector collector(options_.max_body);
  settings.set(CURLOPT_HEADERFUNCTION, &on_header);
  settings.set(CURLOPT_HEADERDATA, &collector);
  settings.set(CURLOPT_WRITEFUNCTION, &on_body);
  settings.set(CURLOPT_WRITEDATA, &collector);
  std::array<char, CURL_ERROR_SIZE> words{};
  settings.set(CURLOPT_ERRORBUFFER, words.data());
  TRY(settings.taken());
  const auto code = ::curl_easy_perform(curl);
  if (collector.overflowed()) {
    return fail(ErrorCode::failed,
                fmt::format("the answer of {} is longer than {} bytes", request.url.host(),
                            options_.max_body),
                "ask for less at a time");
  }
  if (code != CURLE_OK) {
    return tl::unexpected(failure(curl, code, request.url, words.data()));
  }
  return std::move(collector).response();
}

Error CurlTransport::failure(CURL* curl, CURLcode code, const Url& url,
                             std::string_view words) const {
  FailedTransfer failed;
  failed.code = code;
  failed.words = words;
  failed.connect_limit = options_.connect_timeout;
  failed.limit = options_.timeout;
  failed.ca_file = options_.ca_file.string();
  curl_off_t connect_time = 0;
  ::curl_easy_getinfo(curl, CURLINFO_SSL_VERIFYRESULT, &failed.verify_result);
  ::curl_easy_getinfo(curl, CURLINFO_OS_ERRNO, &failed.os_error);
  ::curl_easy_getinfo(curl, CURLINFO_HTTP_CONNECTCODE, &failed.proxy_status);
  ::curl_easy_getinfo(curl, CURLINFO_CONNECT_TIME_T, &connect_time);
  failed.connected = connect_time > 0;
  return transfer_error(url, failed);
}

/// Once a process; a function's static is made by one thread while the others wait.
bool libcurl_is_ready() {
  static const bool ready = ::curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return ready;
}

}  // namespace

std::unique_ptr<Transport> make_curl_transport(TransportOptions options) {
  // Where this fails, curl_easy_init fails too, and says so with the first request.
  [[maybe_unused]] const bool ready = libcurl_is_ready();
  return std::make_unique<CurlTransport>(std::move(options));
}

}  // namespace applink::http
