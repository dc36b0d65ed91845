// Calls repeated where that is safe: the server or the network was away for a moment.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>

#include "applink/base/result.h"
#include "applink/calls/sender.h"
#include "applink/http/message.h"

namespace applink::calls {

/// The time between two attempts. A test passes it by hand.
class Pauses {
 public:
  virtual ~Pauses() = default;
  /// Since a moment of its own choice; never goes back.
  [[nodiscard]] virtual std::chrono::milliseconds elapsed() const = 0;
  virtual void pause(std::chrono::milliseconds length) = 0;
};

/// Sleeps.
class RealPauses final : public Pauses {
 public:
  [[nodiscard]] std::chrono::milliseconds elapsed() const override;
  void pause(std::chrono::milliseconds length) override;
};

struct RetryPolicy {
  int retries = 0;  ///< attempts after the first
  /// From the first attempt on; none begins later. A server that asks for more time than is left is
  /// not asked again.
  std::chrono::milliseconds limit = std::chrono::seconds(60);
};

/// Why a request of this method is not repeated; absent where it is safe, as GET, HEAD and OPTIONS
/// are. Of every other nobody knows whether it was carried out before its answer was lost.
std::optional<Error> unsafe_to_repeat(std::string_view method);

/// Whether an answer of this status tells of trouble that may be over in a moment, of the server or
/// of a proxy in front of it: 429, 502, 503 and 504.
bool is_momentary(int status);

/// Says what comes next: "jira answered 503 Service Unavailable: asking again in 2 seconds".
using TellRetry = std::function<void(std::string_view line)>;

/// Sends, and sends again where no answer came or one of 429, 502, 503 and 504; every attempt is
/// signed afresh. Waits as long as Retry-After says, else 1, 2, 4 … 30 seconds; where it says "now"
/// again and again, a little longer each time. What the last attempt brought is returned.
Result<http::Response> send_with_retries(const Sender& sender, const Call& call,
                                         const RetryPolicy& policy, Pauses& pauses,
                                         const TellRetry& tell);

}  // namespace applink::calls
