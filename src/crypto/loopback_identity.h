// A certificate for this machine's loopback, of an authority that signs nothing else.
#pragma once

#include <string>

#include "applink/base/clock.h"
#include "applink/base/secret.h"

namespace applink::crypto {

/// The authority's key is forgotten before anybody has seen it.
struct LoopbackIdentity {
  std::string authority_pem;    ///< for a client to trust
  std::string certificate_pem;  ///< for 127.0.0.1, ::1 and localhost
  Secret private_key_pem;
};

/// Valid from an hour before `now`, for clocks that differ, and for a year.
LoopbackIdentity make_loopback_identity(Timestamp now);

}  // namespace applink::crypto
