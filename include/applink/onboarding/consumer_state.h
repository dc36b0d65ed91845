// Whether the product knows us already, asked by the call that only a known consumer gets right.
#pragma once

#include <optional>

#include "applink/base/result.h"
#include "applink/http/transport.h"
#include "applink/signing/request_signer.h"

namespace applink::onboarding {

enum class ConsumerState {
  ready,           ///< it knows the consumer key, with our public key
  unknown,         ///< no incoming side has this consumer key
  another_key,     ///< it has, with another public key
  seen_otherwise,  ///< a proxy changes what was signed, or it stands at another address
  clock_differs,
  refused,      ///< for another reason
  unreachable,  ///< no answer, or none of the product's
};

struct ConsumerAnswer {
  ConsumerState state = ConsumerState::ready;
  std::optional<Error> error;  ///< what it said, and what to do; absent where it is ready
};

/// Asks for temporary credentials (RFC 5849 section 2.1), which are forgotten at once.
ConsumerAnswer ask_for_consumer(http::Transport& transport, const signing::RequestSigner& signer);

}  // namespace applink::onboarding
