// libcurl's failures, each with its host, its reason and its remedy.
#include "http/curl_error.h"

#include <algorithm>
#include <system_error>

#include <curl/curl.h>
#include <fmt/format.h>

#include "applink/base/text.h"

namespace applink::http {
namespace {

// OpenSSL's X509_V_ERR_… numbers, of which this module does not include the header.
constexpr long not_yet_valid = 9;
constexpr long has_expired = 10;
constexpr long self_signed = 18;
constexpr long self_signed_in_chain = 19;
constexpr long unknown_issuer = 20;
constexpr long unverified_leaf = 21;

std::string host_of(const Url& url) {
  return fmt::format("{}{}", url.host(),
                     url.explicit_port() ? fmt::format(":{}", *url.explicit_port()) : "");
}

Error unreachable(std::string message, std::string hint) {
  return {ErrorCode::unreachable, std::move(message), std::move(hint)};
}

std::string seconds(std::chrono::milliseconds limit) {
  return fmt::format("{:g} s", static_cast<double>(limit.count()) / 1000);
}

/// Whether libcurl could not read the proxy's URL, which it then quotes with its password.
bool is_about_proxy_url(const FailedTransfer& failed) {
  return failed.words.starts_with("Unsupported proxy");
}

/// libcurl's words, or its general ones for the code.
std::string reason(const FailedTransfer& failed) {
  if (is_about_proxy_url(failed)) return "its URL is not understood";
  if (!failed.words.empty()) return terminal_safe(failed.words);
  return ::curl_easy_strerror(static_cast<CURLcode>(failed.code));
}

Error untrusted(const std::string& host, const FailedTransfer& failed) {
  if (failed.ca_file.empty()) {
    return unreachable(
        fmt::format("the certificate of {} is signed by an authority unknown here", host),
        "if it is a private one, give its certificate with --ca-file FILE");
  }
  return unreachable(fmt::format("the certificate of {} is not signed by an authority in {}", host,
                                 terminal_safe(failed.ca_file)),
                     "check that --ca-file holds the certificate of the authority that signed it");
}

/// libcurl compares the name after OpenSSL found the chain good, and has only words for it.
bool is_about_name(const FailedTransfer& failed) {
  return failed.words.find("subject name") != std::string_view::npos &&
         failed.words.find("match") != std::string_view::npos;
}

Error certificate_error(const std::string& host, const FailedTransfer& failed) {
  if (is_about_name(failed)) {
    return unreachable(
        fmt::format("the certificate of {} is for another name: {}", host, reason(failed)),
        "use the host name that the certificate is for");
  }
  switch (failed.verify_result) {
    case not_yet_valid:
      return unreachable(fmt::format("the certificate of {} is not valid yet", host),
                         "check this machine's clock, then the server's certificate");
    case has_expired:
      return unreachable(fmt::format("the certificate of {} has expired", host),
                         "check this machine's clock; else the server needs a new certificate");
    case self_signed:
    case self_signed_in_chain:
    case unknown_issuer:
    case unverified_leaf:
      return untrusted(host, failed);
    default:
      return unreachable(
          fmt::format("the certificate of {} is not acceptable: {}", host, reason(failed)),
          "the server needs another certificate");
  }
}

Error connect_error(const std::string& host, const FailedTransfer& failed) {
  const auto why =
      failed.os_error == 0
          ? reason(failed)
          : fmt::format("{} ({})",
                        std::generic_category().message(static_cast<int>(failed.os_error)),
                        reason(failed));
  return unreachable(fmt::format("cannot connect to {}: {}", host, why),
                     "check host and port, whether the server runs, and any proxy or firewall "
                     "between");
}

Error timeout_error(const std::string& host, const FailedTransfer& failed) {
  if (!failed.connected) {
    const auto limit = std::min(failed.connect_limit, failed.limit);
    return unreachable(fmt::format("no connection to {} within {}", host, seconds(limit)),
                       "check host and port, and any proxy or firewall between");
  }
  return unreachable(fmt::format("{} did not answer within {}", host, seconds(failed.limit)),
                     "try again, or raise the link's time limit");
}

Error proxy_error(const std::string& host, const FailedTransfer& failed) {
  const auto why = failed.proxy_status >= 400 ? fmt::format("it answered {}", failed.proxy_status)
                                              : reason(failed);
  return unreachable(fmt::format("the proxy does not lead to {}: {}", host, why),
                     failed.proxy_status == 407
                         ? "a proxy's user name and password belong into the variable https_proxy, "
                           "as http://USER:PASSWORD@HOST:PORT; the link then names no proxy"
                         : "check the link's proxy, or the variables https_proxy and no_proxy");
}

Error broken_off(const std::string& host, const FailedTransfer& failed) {
  return unreachable(fmt::format("{} broke off its answer: {}", host, reason(failed)),
                     "try again; a proxy between may have closed the connection");
}

/// libcurl keeps heads within limits of its own, and has poor words for one that is beyond them.
bool is_about_head(const FailedTransfer& failed) {
  return failed.code == CURLE_OUT_OF_MEMORY ||
         failed.words.find("Too large response headers") != std::string_view::npos;
}

Error head_too_large(const std::string& host) {
  return {ErrorCode::failed, fmt::format("the head of the answer of {} is too large", host),
          "one of its headers is out of all proportion: look at it with another program"};
}

Error tls_error(const std::string& host, const FailedTransfer& failed) {
  return unreachable(fmt::format("no TLS connection to {}: {}", host, reason(failed)),
                     "check that the port speaks https, with TLS 1.2 or later");
}

}  // namespace

Error transfer_error(const Url& url, const FailedTransfer& failed) {
  const auto host = host_of(url);
  if (failed.proxy_status >= 400 || is_about_proxy_url(failed)) return proxy_error(host, failed);
  if (is_about_head(failed)) return head_too_large(host);
  switch (failed.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return unreachable(fmt::format("no address is known for the host {}", url.host()),
                         "check its spelling, and the network");
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
      return proxy_error(host, failed);
    case CURLE_COULDNT_CONNECT:
      return connect_error(host, failed);
    case CURLE_OPERATION_TIMEDOUT:
      return timeout_error(host, failed);
    case CURLE_PEER_FAILED_VERIFICATION:
      return certificate_error(host, failed);
    case CURLE_SSL_CACERT_BADFILE:
      return {ErrorCode::failed,
              fmt::format("cannot read certificates from {}", terminal_safe(failed.ca_file)),
              "give a file with one or more PEM certificates as --ca-file"};
    case CURLE_SSL_CONNECT_ERROR:
      return tls_error(host, failed);
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return broken_off(host, failed);
    default:
      return unreachable(fmt::format("no answer from {}: {}", host, reason(failed)),
                         "check that the address is a web server's");
  }
}

}  // namespace applink::http
