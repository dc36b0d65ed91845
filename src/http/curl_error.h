// Why libcurl brought no answer, in words that say what to do.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "applink/base/error.h"
#include "applink/http/url.h"

namespace applink::http {

/// How far a transfer came before it failed.
enum class Stage {
  resolving,
  connecting,    ///< an address is known
  asking_proxy,  ///< it has not led on yet
  securing,      ///< a TCP connection stands, TLS does not
  waiting,       ///< the request is on its way
  reading,       ///< a part of the answer came
};

/// What is known of a transfer that failed. `code` is a CURLcode.
struct FailedTransfer {
  int code = 0;
  std::string_view words{};  ///< libcurl's own, from its error buffer
  Stage stage = Stage::resolving;
  long verify_result = 0;        ///< OpenSSL's X509_V_ERR_…
  long proxy_verify_result = 0;  ///< the same of a proxy that is asked by https
  long os_error = 0;             ///< errno of the connection attempt
  long proxy_status = 0;         ///< what a proxy answered to CONNECT
  std::chrono::milliseconds connect_limit{};
  std::chrono::milliseconds limit{};
  std::string ca_file{};
  std::string client_certificate{};
};

Error transfer_error(const Url& url, const FailedTransfer& failed);

}  // namespace applink::http
