// The line that moves while a key is searched for.
#pragma once

#include <chrono>

#include "applink/crypto/rsa_key.h"
#include "cli/console.h"

namespace applink::cli {

/// Seen on a terminal, for keys that take long, and gone with this object. For as long as it lives,
/// Ctrl-C says that nothing was kept.
class KeySearchProgress {
 public:
  KeySearchProgress(Console& console, int bits);
  ~KeySearchProgress();
  KeySearchProgress(const KeySearchProgress&) = delete;
  KeySearchProgress& operator=(const KeySearchProgress&) = delete;

  void tell(const crypto::PrimeSearch& search);

 private:
  Console& console_;
  int bits_;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace applink::cli
