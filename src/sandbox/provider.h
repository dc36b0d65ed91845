// The provider side of OAuth 1.0a as Jira has it, with the few resources a client needs to prove
// itself. A function from request to response over its own state: no network, no clock of its own.
#pragma once

#include <memory>

#include "applink/base/clock.h"
#include "applink/http/message.h"
#include "sandbox/mishaps.h"

namespace applink::sandbox {

struct Config;
class Ledger;

/// An answer, and what had befallen the request: some mishaps befall the answer on its way out.
struct Answered {
  http::Response response;
  Struck struck;
};

class Provider {
 public:
  /// `clock` outlives the provider.
  Provider(Config config, Ledger ledger, const Clock& clock);
  Provider(const Provider&) = delete;
  Provider& operator=(const Provider&) = delete;
  ~Provider();

  /// From any number of threads; one request at a time.
  [[nodiscard]] Answered answer(const http::Request& request);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace applink::sandbox
