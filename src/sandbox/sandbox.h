// A sandbox that runs: a Jira-like provider on loopback, as `applink sandbox` starts it.
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
#include "sandbox/front.h"

namespace applink::http {
class Server;
}  // namespace applink::http

namespace applink::sandbox {

class Provider;

/// One consumer as the command line names it.
struct ConsumerOption {
  std::string key;
  std::filesystem::path public_key_file;  ///< SPKI PEM, bare base64 SPKI, or an X.509 certificate
  std::string name;                       ///< shown on the authorize page; empty: the key
  std::string description;
  std::optional<std::string> callback;  ///< where the browser goes when the token names no callback
};

/// "hub=keys/hub/public_key.pem". The key is one word; the file is read by start_sandbox.
Result<ConsumerOption> parse_consumer(std::string_view text);

struct Options {
  std::uint16_t port = 0;  ///< 0: any free one
  std::string context_path = "/jira";
  std::vector<ConsumerOption> consumers;
  /// Names the consumer; only where there is exactly one.
  std::optional<std::string> consumer_name;
  /// Answers the authorize page as if this user had pressed Allow.
  std::optional<std::string> approve_as;
  /// Tokens outlive the process in this file; it is made when missing.
  std::optional<std::filesystem::path> state_file;
  std::optional<TlsFiles> tls;
  Connector connector;
};

/// Serves until it is stopped or destroyed.
class RunningSandbox {
 public:
  RunningSandbox(std::unique_ptr<Provider> provider, std::unique_ptr<http::Server> server,
                 std::string base_url);
  RunningSandbox(RunningSandbox&&) noexcept;
  RunningSandbox& operator=(RunningSandbox&&) = delete;
  ~RunningSandbox();

  /// "http://127.0.0.1:PORT/jira"; https with TLS, and the connector's where one is set
  [[nodiscard]] const std::string& base_url() const { return base_url_; }
  /// Where it listens itself: "http://127.0.0.1:PORT".
  [[nodiscard]] std::string origin() const;
  void stop();

 private:
  std::unique_ptr<Provider> provider_;
  std::unique_ptr<http::Server> server_;  // after the provider: it stops first
  std::string base_url_;
};

/// Checks every option and reads every file before the port is opened. `clock` outlives the result.
Result<RunningSandbox> start_sandbox(const Options& options, const Clock& clock);

}  // namespace applink::sandbox
