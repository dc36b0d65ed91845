// Transport that keeps what passed through it: for traces and reports.
#pragma once

#include <cstddef>
#include <mutex>
#include <vector>

#include "applink/http/transport.h"

namespace applink::http {

/// Keeps the latest exchanges, at most `limit`; older ones make room. They hold Authorization
/// headers and tokens: whoever prints one hides those first.
class RecordingTransport final : public Transport {
 public:
  /// `inner` must outlive this object.
  RecordingTransport(Transport& inner, std::size_t limit) : inner_(inner), limit_(limit) {}

  Result<Response> send(const Request& request) override;
  [[nodiscard]] std::vector<Exchange> exchanges() const;

 private:
  Transport& inner_;
  std::size_t limit_;
  mutable std::mutex mutex_;
  std::vector<Exchange> exchanges_;
};

}  // namespace applink::http
