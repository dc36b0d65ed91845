// An answer that is bytes and pauses instead of a response: how broken servers are played.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "applink/http/message.h"

namespace applink::http {

/// Sent as it stands, whatever the request was; nothing is added or checked.
struct RawAnswer {
  struct Step {
    std::string bytes{};
    /// Waited after the bytes; cut short when the peer leaves or the server stops.
    std::chrono::milliseconds pause{0};
    std::size_t times = 1;  ///< how often both, one after the other
  };
  enum class End {
    close,  ///< as after a good answer; in TLS with its own goodbye
    reset,  ///< what is still under way is lost, and the peer learns of an error
  };

  std::vector<Step> steps{};
  End end = End::close;
};

using Answer = std::variant<Response, RawAnswer>;

}  // namespace applink::http
