#include "applink/base/signals.h"

#include <gtest/gtest.h>

namespace applink {
namespace {

volatile std::sig_atomic_t taken = 0;

extern "C" void take(int) {
  taken = taken + 1;
}

TEST(SignalsHeld, LetsThemTakeEffectAtItsEnd) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    auto* const before = std::signal(signal, take);
    taken = 0;
    {
      const SignalsHeld held;
      const SignalsHeld again;
      ::raise(signal);
      EXPECT_EQ(taken, 0);
    }
    EXPECT_EQ(taken, 1);
    std::signal(signal, before);
  }
}

}  // namespace
}  // namespace applink
