// What stands between the network and the product: TLS, and Tomcat's connector behind a proxy.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/http/message.h"

namespace applink::crypto {
class TlsServer;
}  // namespace applink::crypto

namespace applink::sandbox {

/// Files of a server that speaks TLS.
struct TlsFiles {
  std::filesystem::path ca_file;  ///< made: the certificate that a client has to trust
  /// PEM certificates; where given, a client must show a certificate of one of them.
  std::optional<std::filesystem::path> client_ca_file{};
};

struct TlsFront {
  std::shared_ptr<const crypto::TlsServer> server;
  std::string authority_pem;
};

/// A certificate for loopback, new and valid from now.
Result<TlsFront> make_tls_front(const TlsFiles& files, const Clock& clock);

/// What an administrator writes into server.xml where a reverse proxy stands in front. What is not
/// said is taken from the request, as Tomcat does; X-Forwarded headers count for nothing.
struct Connector {
  std::optional<std::string> scheme{};      ///< "https"
  std::optional<std::string> proxy_name{};  ///< "jira.example.com"
  std::optional<std::uint16_t> proxy_port{};

  [[nodiscard]] bool is_set() const { return scheme || proxy_name || proxy_port; }
};

/// Refuses (ErrorCode::usage) a scheme that is none, and a name that is no host.
Result<void> check_connector(const Connector& connector);

/// The origin of the product's own URLs: that of `origin` where the connector says nothing else.
std::string origin_behind(const Connector& connector, std::string_view origin);
/// Hosts under which the proxy may pass requests on, as http::ServerOptions has them.
std::vector<std::string> hosts_of(const Connector& connector);
/// The request as the product sees it: its URL and its Host are the connector's.
http::Request seen_through(const Connector& connector, http::Request request);

}  // namespace applink::sandbox
