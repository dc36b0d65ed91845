// The two kinds of credentials that a server hands out: RFC 5849 section 1.1.
#pragma once

#include <string>

#include "applink/base/secret.h"

namespace applink::oauth1 {

/// Whether the server took note of the callback with the temporary credentials, as RFC 5849 (OAuth
/// 1.0a) demands. One that did not speaks OAuth 1.0, which has no verifier.
enum class CallbackConfirmed { no, yes };

/// Stands for the request for authorization until the user has decided: section 2.1.
struct TemporaryCredentials {
  std::string token;
  Secret secret;
  CallbackConfirmed callback_confirmed = CallbackConfirmed::yes;

  [[nodiscard]] TemporaryCredentials copy() const {
    return {token, secret.copy(), callback_confirmed};
  }
};

/// Stands for the user's authorization: section 2.3.
struct TokenCredentials {
  std::string token;
  Secret secret;

  [[nodiscard]] TokenCredentials copy() const { return {token, secret.copy()}; }
};

}  // namespace applink::oauth1
