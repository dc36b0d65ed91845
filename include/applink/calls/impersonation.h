// Proof that a call which impersonates a user ran as that user.
#pragma once

#include <functional>

#include "applink/base/result.h"
#include "applink/calls/sender.h"
#include "applink/http/message.h"

namespace applink::calls {

/// How a call is sent: once, or with retries.
using Send = std::function<Result<http::Response>(const Call&)>;

/// Sends a call that impersonates. A product runs one for an unknown user as nobody, and says it
/// nowhere but in X-AUSERNAME. So a call that may change something is sent only after the product
/// has named the user when asked who is logged in; of every other it is asked after, where the
/// answer does not say and is no momentary trouble. ErrorCode::refused where it was somebody else:
/// an answer that was given to another is not handed on.
Result<http::Response> send_impersonating(const Sender& sender, const Call& call, const Send& send);

}  // namespace applink::calls
