// Exchanges kept in memory, the latest ones.
#include "http/recording_transport.h"

namespace applink::http {

Result<Response> RecordingTransport::send(const Request& request) {
  auto response = inner_.send(request);
  if (!response || limit_ == 0) return response;
  const std::lock_guard lock(mutex_);
  if (exchanges_.size() == limit_) exchanges_.erase(exchanges_.begin());
  exchanges_.push_back({request, *response});
  return response;
}

std::vector<Exchange> RecordingTransport::exchanges() const {
  const std::lock_guard lock(mutex_);
  return exchanges_;
}

}  // namespace applink::http
