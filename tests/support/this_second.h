// The time of this machine, as certificates have it.
#pragma once

#include <chrono>

#include "applink/base/clock.h"

namespace applink::test {

inline Timestamp this_second() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace applink::test
