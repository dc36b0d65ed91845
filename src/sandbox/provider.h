// The provider side of OAuth 1.0a as Jira has it, with the few resources a client needs to prove
// itself. A function from request to response over its own state: no network, no clock of its own.
#pragma once

#include <memory>

#include "applink/base/clock.h"

namespace applink::http {
struct Request;
struct Response;
}  // namespace applink::http

namespace applink::sandbox {

struct Config;
class Ledger;

class Provider {
 public:
  /// `clock` outlives the provider.
  Provider(Config config, Ledger ledger, const Clock& clock);
  Provider(const Provider&) = delete;
  Provider& operator=(const Provider&) = delete;
  ~Provider();

  /// From any number of threads; one request at a time.
  [[nodiscard]] http::Response handle(const http::Request& request);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace applink::sandbox
