// Whether to send again, and how long to wait before.
#include "applink/calls/retry.h"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "http/retry_after.h"

namespace applink::calls {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds longest_pause(30);

bool deserves_another(const Result<http::Response>& outcome) {
  return outcome ? is_momentary(outcome->status) : outcome.error().code == ErrorCode::unreachable;
}

/// 1, 2, 4 … for the attempts after the first, the second, the third.
seconds usual_pause(int attempt) {
  return attempt > 5 ? longest_pause : std::min(longest_pause, seconds(1 << (attempt - 1)));
}

/// 10, 20, 40 … milliseconds up to a second: where Retry-After says "now" each time, or names a
/// time that is over, a thousand attempts would be gone in a moment, and fall on a server that is
/// in trouble.
milliseconds shortest_pause(int attempt) {
  constexpr milliseconds longest = seconds(1);
  return attempt > 7 ? longest : std::min(longest, milliseconds(10 << (attempt - 1)));
}

milliseconds pause_before_next(const Result<http::Response>& outcome, int attempt, Timestamp now) {
  if (!outcome) return usual_pause(attempt);
  const auto asked = http::retry_after(outcome->headers, now);
  return asked ? std::max<milliseconds>(*asked, shortest_pause(attempt)) : usual_pause(attempt);
}

std::string what_happened(const Result<http::Response>& outcome,
                          const jira::ApplicationLink& link) {
  if (!outcome) return outcome.error().message;
  const auto reason = http::reason_phrase(outcome->status);
  return fmt::format("{} answered {}{}{}", jira::provider_word(link), outcome->status,
                     reason.empty() ? "" : " ", reason);
}

std::string when(milliseconds pause) {
  if (pause < seconds(1)) return "at once";
  const auto length = std::chrono::duration_cast<seconds>(pause).count();
  return fmt::format("in {} second{}", length, length == 1 ? "" : "s");
}

}  // namespace

milliseconds RealPauses::elapsed() const {
  return std::chrono::duration_cast<milliseconds>(
      std::chrono::steady_clock::now().time_since_epoch());
}

void RealPauses::pause(milliseconds length) {
  std::this_thread::sleep_for(length);
}

bool is_momentary(int status) {
  return status == 429 || status == 502 || status == 503 || status == 504;
}

std::optional<Error> unsafe_to_repeat(std::string_view method) {
  if (method == "GET" || method == "HEAD" || method == "OPTIONS") return std::nullopt;
  return Error{ErrorCode::usage,
               fmt::format("a {} is not repeated: it may have been carried out although its answer "
                           "was lost",
                           terminal_safe(method)),
               "leave out --retry: GET, HEAD and OPTIONS alone are repeated"};
}

Result<http::Response> send_with_retries(const Sender& sender, const Call& call,
                                         const RetryPolicy& policy, Pauses& pauses,
                                         const TellRetry& tell) {
  if (policy.retries > 0) {
    if (auto unsafe = unsafe_to_repeat(call.method)) return tl::unexpected(*std::move(unsafe));
  }
  const milliseconds end = pauses.elapsed() + policy.limit;
  for (int attempt = 1;; ++attempt) {
    auto outcome = sender.send(call);
    if (attempt > policy.retries || !deserves_another(outcome)) return outcome;
    const milliseconds pause = pause_before_next(outcome, attempt, sender.clock().now());
    const std::string happened = what_happened(outcome, sender.link());
    if (pauses.elapsed() + pause > end) {
      tell(fmt::format("{}: it would have to be asked again {}, and the time is over then",
                       happened, when(pause)));
      return outcome;
    }
    tell(fmt::format("{}: asking again {}", happened, when(pause)));
    pauses.pause(pause);
  }
}

}  // namespace applink::calls
