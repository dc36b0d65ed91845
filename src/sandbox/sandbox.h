// A sandbox that runs: a Jira-like provider on loopback, as `applink sandbox` starts it.
#pragma once

#include <memory>
#include <string>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "sandbox/options.h"

namespace applink::http {
class Server;
}  // namespace applink::http

namespace applink::sandbox {

class Provider;

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
