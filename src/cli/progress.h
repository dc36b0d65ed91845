// Lines that move while work is under way.
#pragma once

#include <chrono>

#include "applink/calls/batch.h"
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

/// How far a batch is, seen on a terminal to which its answers do not go.
class BatchProgress {
 public:
  explicit BatchProgress(Console& console);
  ~BatchProgress();
  BatchProgress(const BatchProgress&) = delete;
  BatchProgress& operator=(const BatchProgress&) = delete;

  void tell(const calls::BatchSummary& summary);
  /// Nothing is left of it; for what is to be said next.
  void end();

 private:
  Console& console_;
  std::chrono::steady_clock::time_point next_{};
  bool shown_ = false;
};

}  // namespace applink::cli
