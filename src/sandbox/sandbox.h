// A sandbox that runs: a Jira-like provider on loopback, as `applink sandbox` starts it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

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
  /// Removes the files that start_sandbox() made: what they hold ends with the sandbox.
  void stop();

 private:
  std::unique_ptr<Provider> provider_;
  std::unique_ptr<http::Server> server_;  // after the provider: it stops first
  std::string base_url_;
  std::vector<std::filesystem::path> files_;

  friend Result<RunningSandbox> start_sandbox(const Options& options, const Clock& clock);
};

/// Checks every option and reads every file before the port is opened. `clock` outlives the result.
Result<RunningSandbox> start_sandbox(const Options& options, const Clock& clock);

}  // namespace applink::sandbox
