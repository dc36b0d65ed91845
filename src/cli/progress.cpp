// Writes the line over itself, not too often.
#include "cli/progress.h"

#include <fmt/format.h>

#include "cli/terminal.h"

namespace applink::cli {
namespace {

/// Up to this many bits the key is there before anyone has read the line.
constexpr int quickly_made = 2048;
constexpr auto pause = std::chrono::milliseconds(50);

}  // namespace

KeySearchProgress::KeySearchProgress(Console& console, int bits) : console_(console), bits_(bits) {
  advise_on_interrupt("no key was made or kept: run the same command again");
}

KeySearchProgress::~KeySearchProgress() {
  if (bits_ > quickly_made) console_.show_progress("");
  advise_on_interrupt("");
}

void KeySearchProgress::tell(const crypto::PrimeSearch& search) {
  const auto now = std::chrono::steady_clock::now();
  if (bits_ <= quickly_made || now < next_) return;
  next_ = now + pause;
  console_.show_progress(
      fmt::format("making a key of {} bits: {} numbers tried, {} of 2 primes found", bits_,
                  search.candidates, search.primes));
}

BatchProgress::BatchProgress(Console& console) : console_(console) {
  advise_on_interrupt("the lines that are out are good; where the last one is cut, it is not");
}

BatchProgress::~BatchProgress() {
  end();
  advise_on_interrupt("");
}

void BatchProgress::tell(const calls::BatchSummary& summary) {
  const auto now = std::chrono::steady_clock::now();
  if (Console::answers_to_terminal() || now < next_) return;
  next_ = now + pause;
  shown_ = true;
  const auto signed_lines = summary.lines - summary.failed;
  console_.show_progress(summary.failed == 0
                             ? fmt::format("{} signed", signed_lines)
                             : fmt::format("{} signed, {} refused", signed_lines, summary.failed));
}

void BatchProgress::end() {
  if (shown_) console_.show_progress("");
  shown_ = false;
}

}  // namespace applink::cli
