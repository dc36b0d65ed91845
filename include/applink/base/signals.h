// A stretch of work that a person's Ctrl-C must not cut in two.
#pragma once

#include <csignal>

namespace applink {

/// Keeps SIGINT, SIGTERM, SIGHUP and SIGQUIT from this thread for as long as it lives; one that
/// came in the meantime takes effect at its end. Only for work that ends soon by itself.
class SignalsHeld {
 public:
  SignalsHeld();
  ~SignalsHeld();
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace applink
