// Which timestamps the provider takes: five minutes to either side of its own clock.
#pragma once

#include <chrono>
#include <cstdint>

#include "applink/base/clock.h"

namespace applink::sandbox {

/// Seconds since 1970; both ends are taken.
struct TimestampWindow {
  std::int64_t earliest;
  std::int64_t latest;

  [[nodiscard]] bool contains(std::int64_t timestamp) const {
    return earliest <= timestamp && timestamp <= latest;
  }
};

inline TimestampWindow timestamp_window(Timestamp now) {
  constexpr std::int64_t tolerance = 300;
  const std::int64_t seconds = now.time_since_epoch().count();
  return {seconds - tolerance, seconds + tolerance};
}

}  // namespace applink::sandbox
