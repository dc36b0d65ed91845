// Transport over libcurl.
#include "applink/http/curl_transport.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include <curl/curl.h>
#include <fmt/format.h>

#include "applink/base/number.h"
#include "applink/base/text.h"
#include "base/wiped_memory.h"
#include "http/curl_error.h"
#include "http/curl_settings.h"
#include "http/proxy_login.h"
#include "http/response_collector.h"

namespace applink::http {
namespace {

struct EasyDeleter {
  void operator()(CURL* handle) const { ::curl_easy_cleanup(handle); }
};
using EasyHandle = std::unique_ptr<CURL, EasyDeleter>;

constexpr int wants_proxy_login = 407;

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

Result<void> check_size(const Url& url, const ResponseCollector& collector, std::size_t max_body) {
  if (collector.overflowed()) {
    return fail(ErrorCode::failed,
                fmt::format("the answer of {} is longer than {} bytes", url.host(), max_body),
                "ask for less at a time");
  }
  if (!collector.out_of_memory()) return {};
  return fail(ErrorCode::failed,
              fmt::format("out of memory while the answer of {} came", url.host()),
              "ask for less at a time, or free memory on this machine");
}

bool is_length(std::string_view text) {
  return number_in<std::uint64_t>(text).has_value();
}

/// Of two lengths libcurl takes the last one: whoever is between may have taken the other. One that
/// it cannot read it passes over, and a body that was cut off would look whole.
Result<void> check_lengths(const Url& url, const Headers& headers) {
  //= rfc9112#6.3
  //# If a message is received without Transfer-Encoding and with an invalid Content-Length header
  //# field, then the message framing is invalid and the recipient MUST treat it as an
  //# unrecoverable error
  const auto lengths = headers.all("Content-Length");
  constexpr std::string_view hint =
      "it was garbled on the way, or on purpose: look for a proxy between";
  if (std::adjacent_find(lengths.begin(), lengths.end(), std::not_equal_to<>()) != lengths.end()) {
    return fail(ErrorCode::failed,
                fmt::format("the answer of {} has more than one Content-Length", url.host()),
                std::string(hint));
  }
  if (std::all_of(lengths.begin(), lengths.end(), is_length)) return {};
  return fail(ErrorCode::failed,
              fmt::format("the answer of {} has a Content-Length that is none", url.host()),
              std::string(hint));
}

/// Nobody could read it but who asked for it.
Result<void> check_coding(const Request& request, const Response& response) {
  const auto coding = response.headers.find("Content-Encoding").value_or("identity");
  const bool is_plain = coding.empty() || to_lower_ascii(coding) == "identity";
  if (is_plain || request.headers.find("Accept-Encoding")) return {};
  return fail(ErrorCode::failed,
              fmt::format("{} answered {} in the coding \"{}\", which nobody asked for",
                          request.url.host(), response.status, terminal_safe(coding)),
              "a proxy between compresses; to get the bytes as they are, send the header "
              "Accept-Encoding: gzip");
}

class CurlTransport final : public Transport {
 public:
  explicit CurlTransport(TransportOptions options) : options_(std::move(options)) {}
  Result<Response> send(const Request& request) override;

 private:
  EasyHandle take_handle();
  void give_back(EasyHandle handle);
  Result<Response> perform(CURL* curl, const Request& request) const;
  [[nodiscard]] Error failure(CURL* curl, CURLcode code, const Url& url, std::string_view words,
                              const ResponseCollector& collector) const;

  [[nodiscard]] Stage stage_of(CURL* curl, const Url& url,
                               const ResponseCollector& collector) const;

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
  TRY(check_proxy_login(options_, request.url));
  auto handle = take_handle();
  if (!handle)
    return fail(ErrorCode::failed, "libcurl does not start",
                "the machine may be out of memory: try again");
  auto response = perform(handle.get(), request);
  give_back(std::move(handle));
  return response;
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* collector) noexcept {
  const std::string_view line(data, size * count);
  return static_cast<ResponseCollector*>(collector)->take_header_line(line) ? line.size() : 0;
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* collector) noexcept {
  const std::string_view bytes(data, size * count);
  return static_cast<ResponseCollector*>(collector)->take_body(bytes) ? bytes.size() : 0;
}

/// libcurl repeats a request on its own where an HTTP/2 server says that it did not look at it. One
/// signature a transfer, whatever a server says: the second is stopped before it is sent.
int before_request(void* sent, char*, char*, int, int) {
  const bool is_first = !std::exchange(*static_cast<bool*>(sent), true);
  return is_first ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

Result<Response> CurlTransport::perform(CURL* curl, const Request& request) const {
  const HeaderLines lines(request.headers);
  Settings settings(curl);
  set_request(settings, request, lines);
  set_connection(settings, options_, request.url);
  ResponseCollector collector(options_.max_body);
  settings.set(CURLOPT_HEADERFUNCTION, &on_header);
  settings.set(CURLOPT_HEADERDATA, &collector);
  settings.set(CURLOPT_WRITEFUNCTION, &on_body);
  settings.set(CURLOPT_WRITEDATA, &collector);
  bool sent = false;
  settings.set(CURLOPT_PREREQFUNCTION, &before_request);
  settings.set(CURLOPT_PREREQDATA, &sent);
  std::array<char, CURL_ERROR_SIZE> words{};
  settings.set(CURLOPT_ERRORBUFFER, words.data());
  TRY(settings.taken());
  auto code = ::curl_easy_perform(curl);
  TRY(check_size(request.url, collector, options_.max_body));
  TRY(check_lengths(request.url, collector.headers()));
  // An end in the middle of the head is one to libcurl all the same.
  if (code == CURLE_OK && !collector.has_head()) code = CURLE_PARTIAL_FILE;
  if (code != CURLE_OK) {
    return tl::unexpected(failure(curl, code, request.url, words.data(), collector));
  }
  auto response = std::move(collector).response();
  if (response.status == wants_proxy_login) {
    // Not the server's word: a plain request got no further than the proxy.
    return tl::unexpected(
        transfer_error(request.url, {.words = words.data(), .proxy_status = response.status}));
  }
  TRY(check_coding(request, response));
  return response;
}

template <class Value>
Value told(CURL* curl, CURLINFO what) {
  Value value = 0;
  ::curl_easy_getinfo(curl, what, &value);
  return value;
}

/// How far it came. The time at which something happened is 0 until then, and libcurl calls that a
/// connection which TLS or a proxy has no part in any more.
Stage CurlTransport::stage_of(CURL* curl, const Url& url,
                              const ResponseCollector& collector) const {
  if (collector.begun()) return Stage::reading;
  if (told<curl_off_t>(curl, CURLINFO_CONNECT_TIME_T) > 0) return Stage::waiting;
  if (told<long>(curl, CURLINFO_LOCAL_PORT) > 0) {
    const bool by_proxy =
        !options_.proxy.empty() || told<long>(curl, CURLINFO_PRIMARY_PORT) != url.port();
    const bool led_through = told<long>(curl, CURLINFO_HTTP_CONNECTCODE) == 200;
    return by_proxy && !led_through ? Stage::asking_proxy : Stage::securing;
  }
  return told<curl_off_t>(curl, CURLINFO_NAMELOOKUP_TIME_T) > 0 ? Stage::connecting
                                                                : Stage::resolving;
}

Error CurlTransport::failure(CURL* curl, CURLcode code, const Url& url, std::string_view words,
                             const ResponseCollector& collector) const {
  FailedTransfer failed;
  failed.code = code;
  failed.words = words;
  failed.stage = stage_of(curl, url, collector);
  failed.verify_result = told<long>(curl, CURLINFO_SSL_VERIFYRESULT);
  failed.proxy_verify_result = told<long>(curl, CURLINFO_PROXY_SSL_VERIFYRESULT);
  failed.os_error = told<long>(curl, CURLINFO_OS_ERRNO);
  failed.proxy_status = told<long>(curl, CURLINFO_HTTP_CONNECTCODE);
  failed.connect_limit = options_.connect_timeout;
  failed.limit = options_.timeout;
  failed.ca_file = options_.ca_file.string();
  failed.client_certificate = options_.client_certificate.string();
  return transfer_error(url, failed);
}

/// Once a process; a function's static is made by one thread while the others wait. What libcurl
/// frees is wiped: an answer with a token secret was in it.
bool libcurl_is_ready() {
  static const bool ready =
      ::curl_global_init_mem(CURL_GLOBAL_DEFAULT, std::malloc, wipe_and_free, reallocate_and_wipe,
                             ::strdup, std::calloc) == CURLE_OK;
  return ready;
}

}  // namespace

std::unique_ptr<Transport> make_curl_transport(TransportOptions options) {
  // Where this fails, curl_easy_init fails too, and says so with the first request.
  [[maybe_unused]] const bool ready = libcurl_is_ready();
  return std::make_unique<CurlTransport>(std::move(options));
}

}  // namespace applink::http
