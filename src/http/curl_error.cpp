// libcurl's failures, each with its host, its reason and its remedy.
#include "http/curl_error.h"

#include <algorithm>
#include <initializer_list>
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

std::string os_words(const FailedTransfer& failed) {
  if (failed.os_error == 0) return reason(failed);
  return fmt::format("{} ({})", std::generic_category().message(static_cast<int>(failed.os_error)),
                     reason(failed));
}

Error connect_error(const std::string& host, const FailedTransfer& failed) {
  return unreachable(fmt::format("cannot connect to {}: {}", host, os_words(failed)),
                     "check host and port, whether the server runs, and any proxy or firewall "
                     "between");
}

Error timeout_error(const std::string& host, const FailedTransfer& failed) {
  const auto to_connect = seconds(std::min(failed.connect_limit, failed.limit));
  switch (failed.stage) {
    case Stage::resolving:
      return unreachable(fmt::format("no address was found for {} within {}", host, to_connect),
                         "check the network and its name service, or raise the link's connection "
                         "time limit");
    case Stage::connecting:
      return unreachable(fmt::format("no connection to {} within {}", host, to_connect),
                         "check host and port, and any proxy or firewall between");
    case Stage::asking_proxy:
    case Stage::securing:
      return unreachable(fmt::format("no TLS connection to {} within {}", host, to_connect),
                         "check that the port speaks https, and any proxy or firewall between");
    case Stage::waiting:
      return unreachable(fmt::format("{} did not answer within {}", host, seconds(failed.limit)),
                         "try again, or raise the link's time limit");
    case Stage::reading:
      break;
  }
  return unreachable(
      fmt::format("{} did not finish its answer within {}", host, seconds(failed.limit)),
      "try again, ask for less at a time, or raise the link's time limit");
}

/// libcurl names the host that it connects to, which is the proxy where there is one.
bool connects_elsewhere(const Url& url, const FailedTransfer& failed) {
  constexpr std::string_view beginning = "Failed to connect to ";
  if (!failed.words.starts_with(beginning)) return false;
  auto host = url.host();
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  const auto named = to_lower_ascii(failed.words.substr(beginning.size()));
  return !named.starts_with(fmt::format("{} port {} ", to_lower_ascii(host), url.port()));
}

bool is_about_proxy(const Url& url, const FailedTransfer& failed) {
  return failed.proxy_status >= 400 || failed.code == CURLE_COULDNT_RESOLVE_PROXY ||
         failed.code == CURLE_PROXY || is_about_proxy_url(failed) ||
         failed.stage == Stage::asking_proxy || failed.proxy_verify_result != 0 ||
         connects_elsewhere(url, failed);
}

std::string why_no_proxy(const FailedTransfer& failed) {
  if (failed.proxy_status >= 400) return fmt::format("it answered {}", failed.proxy_status);
  if (failed.proxy_verify_result != 0) return "its certificate is not trusted";
  if (failed.code == CURLE_COULDNT_CONNECT) return os_words(failed);
  return reason(failed);
}

Error proxy_error(const std::string& host, const FailedTransfer& failed) {
  if (failed.proxy_status == 407) {
    return unreachable(fmt::format("the proxy does not lead to {}: {}", host, why_no_proxy(failed)),
                       "a proxy's user name and password stand in its URL: give that in a file, "
                       "--proxy-file FILE, or in the variable https_proxy, as "
                       "http://USER:PASSWORD@HOST:PORT; the link then names no proxy");
  }
  return unreachable(fmt::format("the proxy does not lead to {}: {}", host, why_no_proxy(failed)),
                     failed.proxy_verify_result != 0
                         ? "give the certificate of the authority that signed it with --ca-file "
                           "FILE, beside that of the server's own"
                         : "check the link's proxy, or the variables https_proxy and no_proxy");
}

/// A port that wants TLS hangs up on a plain request, without a word that HTTP could carry.
Error broken_off(const std::string& host, const Url& url, const FailedTransfer& failed) {
  const bool was_silent = failed.code == CURLE_GOT_NOTHING || failed.code == CURLE_RECV_ERROR;
  const bool may_want_tls = url.scheme() == "http" && was_silent && failed.stage == Stage::waiting;
  return unreachable(fmt::format("{} broke off its answer: {}", host, reason(failed)),
                     may_want_tls
                         ? "if the port speaks https, the URL begins with https://; else try "
                           "again; a proxy between may have closed the connection"
                         : "try again; a proxy between may have closed the connection");
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

bool says(const FailedTransfer& failed, std::initializer_list<std::string_view> any_of) {
  return std::any_of(any_of.begin(), any_of.end(), [&failed](std::string_view words) {
    return failed.words.find(words) != std::string_view::npos;
  });
}

/// OpenSSL's words for the alert of a server that has looked at us and says no. With TLS 1.3 it
/// comes when the connection already seems to stand.
bool is_about_client_certificate(const FailedTransfer& failed) {
  if (failed.code == CURLE_SSL_CLIENTCERT || says(failed, {"alert certificate required"})) {
    return true;
  }
  return !failed.client_certificate.empty() &&
         says(failed,
              {"alert unknown ca", "alert bad certificate", "alert certificate unknown",
               "alert certificate expired", "alert certificate revoked",
               "alert unsupported certificate", "alert access denied", "alert decrypt error"});
}

Error client_certificate_error(const std::string& host, const FailedTransfer& failed) {
  if (failed.client_certificate.empty()) {
    return unreachable(fmt::format("{} demands a client certificate", host),
                       "give the link one, and its key: applink link set LINK "
                       "--client-certificate FILE --client-key FILE");
  }
  return unreachable(fmt::format("{} does not accept the client certificate in {}: {}", host,
                                 terminal_safe(failed.client_certificate), reason(failed)),
                     "ask the administrator of the server which authority has to sign it, and "
                     "check that it is still valid");
}

Error unusable_certificate(const FailedTransfer& failed) {
  return {ErrorCode::failed,
          fmt::format("the client certificate in {}, or its key, cannot be used: {}",
                      terminal_safe(failed.client_certificate), reason(failed)),
          "both are PEM files that belong together; a key with a passphrase is not supported"};
}

std::string tls_hint(const FailedTransfer& failed) {
  if (says(failed, {"wrong version number", "packet length too long", "http request"})) {
    return "the port does not seem to speak https: check the port, and whether it is http://";
  }
  if (says(failed, {"alert handshake failure"}) && failed.client_certificate.empty()) {
    return "the server may demand a client certificate: applink link set LINK "
           "--client-certificate FILE --client-key FILE";
  }
  return "check that the port speaks https, with TLS 1.2 or later";
}

Error tls_error(const std::string& host, const FailedTransfer& failed) {
  return unreachable(fmt::format("no TLS connection to {}: {}", host, reason(failed)),
                     tls_hint(failed));
}

Error turned_away(const std::string& host) {
  return unreachable(fmt::format("{} turned the request away unread", host),
                     "run the command again: the request is signed afresh then, for one signature "
                     "is never sent twice");
}

}  // namespace

Error transfer_error(const Url& url, const FailedTransfer& failed) {
  const auto host = host_of(url);
  if (is_about_proxy(url, failed)) return proxy_error(host, failed);
  if (is_about_client_certificate(failed)) return client_certificate_error(host, failed);
  if (is_about_head(failed)) return head_too_large(host);
  switch (failed.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return unreachable(fmt::format("no address is known for the host {}", url.host()),
                         "check its spelling, and the network");
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
    case CURLE_SSL_CERTPROBLEM:
      return unusable_certificate(failed);
    case CURLE_ABORTED_BY_CALLBACK:
      return turned_away(host);
    case CURLE_SSL_CONNECT_ERROR:
      return tls_error(host, failed);
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return broken_off(host, url, failed);
    default:
      return unreachable(fmt::format("no answer from {}: {}", host, reason(failed)),
                         "check that the address is a web server's");
  }
}

}  // namespace applink::http
