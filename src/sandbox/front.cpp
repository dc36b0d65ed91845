// TLS and the connector.
#include "sandbox/front.h"

#include <utility>

#include <fmt/format.h>

#include "applink/base/files.h"
#include "applink/base/text.h"
#include "crypto/loopback_identity.h"
#include "crypto/tls_server.h"

namespace applink::sandbox {
namespace {

constexpr std::size_t ca_file_limit = std::size_t{1} << 20;

/// "HOST:PORT", without the port where it goes without saying.
std::string authority(std::string_view scheme, std::string_view host, std::uint16_t port) {
  const std::uint16_t usual = scheme == "https" ? 443 : 80;
  return port == usual ? std::string(host) : fmt::format("{}:{}", host, port);
}

struct Seen {
  std::string scheme;
  std::string authority;
};

Seen seen(const Connector& connector, const http::Url& url) {
  auto scheme = connector.scheme.value_or(std::string(url.scheme()));
  const auto host = connector.proxy_name.value_or(std::string(url.host()));
  // A Host without a port means that of the scheme by which the product believes to be asked.
  const std::uint16_t usual = scheme == "https" ? 443 : 80;
  const auto port = connector.proxy_port.value_or(url.explicit_port().value_or(usual));
  auto where = authority(scheme, host, port);
  return {std::move(scheme), std::move(where)};
}

}  // namespace

Result<TlsFront> make_tls_front(const TlsFiles& files, const Clock& clock) {
  crypto::TlsServerOptions options;
  if (files.client_ca_file) {
    TRY_ASSIGN(options.client_ca_pem, read_file(*files.client_ca_file, ca_file_limit));
    if (options.client_ca_pem.empty()) {
      return fail(ErrorCode::failed, "the file of the clients' authority is empty",
                  "give --tls-client-ca a file with one or more PEM certificates");
    }
  }
  auto identity = crypto::make_loopback_identity(clock.now());
  options.certificate_pem = std::move(identity.certificate_pem);
  options.private_key_pem = std::move(identity.private_key_pem);
  TRY_ASSIGN(auto server, crypto::TlsServer::create(options));
  return TlsFront{std::move(server), std::move(identity.authority_pem)};
}

Result<void> check_connector(const Connector& connector) {
  if (connector.scheme && connector.scheme != "http" && connector.scheme != "https") {
    return fail(ErrorCode::usage,
                fmt::format("\"{}\" is no scheme", terminal_safe(*connector.scheme)),
                "give --proxy-scheme https or http");
  }
  if (connector.proxy_port == std::uint16_t{0}) {
    return fail(ErrorCode::usage, "0 is no port of a proxy",
                "give --proxy-port the port that clients connect to");
  }
  if (!connector.proxy_name) return {};
  const auto url = http::Url::parse(fmt::format("http://{}/", *connector.proxy_name));
  if (url && url->host() == *connector.proxy_name) return {};
  return fail(ErrorCode::usage,
              fmt::format("\"{}\" is no host", terminal_safe(*connector.proxy_name)),
              "give --proxy-name a name such as jira.example.com, and its port by --proxy-port");
}

std::string origin_behind(const Connector& connector, std::string_view origin) {
  const auto url = http::Url::parse(origin);
  if (!url || !connector.is_set()) return std::string(origin);
  const auto [scheme, where] = seen(connector, *url);
  return fmt::format("{}://{}", scheme, where);
}

std::vector<std::string> hosts_of(const Connector& connector) {
  if (!connector.is_set()) return {};
  std::vector<std::string> hosts{"127.0.0.1:*", "[::1]:*", "localhost:*"};
  if (connector.proxy_name) hosts.push_back(to_lower_ascii(*connector.proxy_name) + ":*");
  return hosts;
}

http::Request seen_through(const Connector& connector, http::Request request) {
  if (!connector.is_set()) return request;
  const auto [scheme, where] = seen(connector, request.url);
  const auto query = request.url.query();
  auto url = http::Url::parse(fmt::format("{}://{}{}{}{}", scheme, where, request.url.path(),
                                          query ? "?" : "", query.value_or("")));
  if (!url) return request;
  request.url = *std::move(url);
  request.headers.set("Host", where);
  return request;
}

}  // namespace applink::sandbox
