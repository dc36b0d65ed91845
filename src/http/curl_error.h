// Why libcurl brought no answer, in words that say what to do.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "applink/base/error.h"
#include "applink/http/url.h"

namespace applink::http {

/// What is known of a transfer that failed. `code` is a CURLcode.
struct FailedTransfer {
  int code = 0;
  std::string_view words{};  ///< libcurl's own, from its error buffer
  long verify_result = 0;    ///< OpenSSL's X509_V_ERR_…
  long os_error = 0;         ///< errno of the connection attempt
  long proxy_status = 0;     ///< what a proxy answered to CONNECT
  bool connected = false;    ///< whether a TCP connection stood
  std::chrono::milliseconds connect_limit{};
  std::chrono::milliseconds limit{};
  std::string ca_file{};
};

Error transfer_error(const Url& url, const FailedTransfer& failed);

}  // namespace applink::http
