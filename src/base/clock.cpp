// SystemClock, and a time as text.
#include "applink/base/clock.h"

#include <ctime>

namespace applink {

Timestamp SystemClock::now() const {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + offset_;
}

std::string to_rfc3339(Timestamp time) {
  const std::time_t seconds = time.time_since_epoch().count();
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  char text[sizeof "-2147481748-12-31T23:59:60Z"];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

}  // namespace applink
