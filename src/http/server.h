// The one HTTP server, on loopback only: callback listener, sandbox and proxy are handlers of it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "applink/base/result.h"
#include "applink/http/message.h"
#include "http/raw_answer.h"

namespace applink::crypto {
class TlsServer;
}  // namespace applink::crypto

namespace applink::http {

/// Called by several threads at once. What it throws is answered with 500. One that returns a
/// Response will do.
using Handler = std::function<Answer(const Request&)>;

struct ServerOptions {
  std::uint16_t port = 0;  ///< 0: any that is free
  std::size_t max_body = std::size_t{1} << 20;
  /// How long a whole request may take to arrive, and its answer to be taken.
  std::chrono::milliseconds patience = std::chrono::seconds(5);
  /// How long a connection may be silent at first: browsers open some in advance and connect again
  /// where one was closed, and meanwhile a worker that waits for them serves nobody.
  std::chrono::milliseconds first_byte = std::chrono::milliseconds(250);
  std::size_t workers = 8;
  /// Speaks TLS alone; null: in clear.
  std::shared_ptr<const crypto::TlsServer> tls{};
  /// Further values of Host to answer to, in lower case: those that a reverse proxy in front passes
  /// on. "jira.example.com:*" is that host at whatever port, or none.
  std::vector<std::string> other_hosts{};
  /// After this a RawAnswer ends, whatever is left of it.
  std::chrono::milliseconds longest_raw_answer = std::chrono::minutes(10);
};

/// Listens on 127.0.0.1 and, where the machine has IPv6, on ::1 at the same port. A request reaches
/// the handler only if its Host is this server by number or as "localhost" (421 otherwise: a page
/// that rebinds its name to 127.0.0.1 gets nothing), with its target and body as they came. Every
/// response forbids caching, framing, sniffing, referrers and external resources unless the handler
/// set that header itself; a RawAnswer is the exception.
class Server {
 public:
  /// ErrorCode::failed where the port is taken.
  static Result<std::unique_ptr<Server>> start(Handler handler, ServerOptions options = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// "http://127.0.0.1:PORT", or https
  [[nodiscard]] std::string origin() const;
  /// Returns when every thread has ended; connections still open are closed. Not from a handler.
  void stop();

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace applink::http
