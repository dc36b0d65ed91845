// The time, handed in: what depends on it is tested with a clock that stands still.
#pragma once

#include <chrono>
#include <string>

namespace applink {

using Timestamp = std::chrono::sys_seconds;

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Timestamp now() const = 0;
};

/// The machine's clock, plus an offset for a machine whose clock is wrong and cannot be set.
class SystemClock final : public Clock {
 public:
  explicit SystemClock(std::chrono::seconds offset = {}) : offset_(offset) {}
  [[nodiscard]] Timestamp now() const override;

 private:
  std::chrono::seconds offset_;
};

/// RFC 3339 in UTC, to the second: "2026-11-24T21:16:27Z".
std::string to_rfc3339(Timestamp time);

}  // namespace applink
