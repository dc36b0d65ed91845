// One transfer's settings for libcurl, taken whole or not at all.
#pragma once

#include <string>

#include <curl/curl.h>

#include "applink/base/result.h"
#include "applink/http/message.h"
#include "applink/http/transport.h"

namespace applink::http {

/// Header lines for libcurl, wiped when freed: one of them is the Authorization.
class HeaderLines {
 public:
  /// The request's own fields, and an end to those that libcurl would add unasked: a form's
  /// Content-Type would even change what a signature covers.
  explicit HeaderLines(const Headers& headers);
  HeaderLines(const HeaderLines&) = delete;
  HeaderLines& operator=(const HeaderLines&) = delete;
  ~HeaderLines();

  [[nodiscard]] curl_slist* get() const { return list_; }

 private:
  void add(std::string line);

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

  [[nodiscard]] Result<void> taken() const;

 private:
  CURL* curl_;
  CURLcode code_ = CURLE_OK;
};

/// Both keep pointers into their arguments until the transfer is over.
void set_request(Settings& settings, const Request& request, const HeaderLines& lines);
void set_connection(Settings& settings, const TransportOptions& options, const Url& url);

}  // namespace applink::http
