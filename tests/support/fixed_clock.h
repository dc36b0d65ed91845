// A clock that stands still until a test moves it.
#pragma once

#include "applink/base/clock.h"

namespace applink::test {

class FixedClock final : public Clock {
 public:
  explicit FixedClock(std::int64_t seconds_since_epoch = 1196666512)
      : now_(std::chrono::seconds(seconds_since_epoch)) {}
  [[nodiscard]] Timestamp now() const override { return now_; }
  void advance(std::chrono::seconds by) { now_ += by; }

 private:
  Timestamp now_;
};

}  // namespace applink::test
