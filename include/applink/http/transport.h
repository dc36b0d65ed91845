// The seam to the network: one request out, one response back.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>

#include "applink/base/result.h"
#include "applink/http/message.h"

namespace applink::http {

/// An implementation may be used by several threads at once.
class Transport {
 public:
  virtual ~Transport() = default;

  /// Sends the request as it is, once. Any status is a success, 401 and 302 too: nothing is
  /// followed, retried or logged in. ErrorCode::unreachable where no whole answer came,
  /// ErrorCode::usage where the request cannot be put on the wire.
  virtual Result<Response> send(const Request& request) = 0;
};

enum class IpVersion { any, v4, v6 };

enum class HttpVersion {
  automatic,  ///< what the server prefers: over TLS it is offered HTTP/2 and 1.1
  http_1_1,
  http_2,  ///< nothing else; in clear, too
};

struct TransportOptions {
  /// PEM certificates to trust instead of the system's; empty: the system's.
  std::filesystem::path ca_file{};
  /// PEM files by which this side shows who it is, where a server demands it; the certificate's
  /// file may hold the key as well. A key with a passphrase is not supported.
  std::filesystem::path client_certificate{};
  std::filesystem::path client_key{};
  /// URL of a proxy; empty: what https_proxy, http_proxy and no_proxy say.
  std::string proxy{};
  IpVersion ip_version = IpVersion::any;
  HttpVersion http_version = HttpVersion::automatic;
  std::chrono::milliseconds connect_timeout = std::chrono::seconds(10);
  std::chrono::milliseconds timeout = std::chrono::seconds(60);
  /// A longer body is an error.
  std::size_t max_body = std::size_t{64} << 20;
  /// Not a browser's: Jira takes a browser's POST for a forgery.
  std::string user_agent = "applink";
};

}  // namespace applink::http
