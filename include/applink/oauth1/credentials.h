// The two kinds of credentials that a server hands out: RFC 5849 section 1.1.
#pragma once

#include <string>

#include "applink/base/secret.h"

namespace applink::oauth1 {

/// Stands for the request for authorization until the user has decided: section 2.1.
struct TemporaryCredentials {
  std::string token;
  Secret secret;

  [[nodiscard]] TemporaryCredentials copy() const { return {token, secret.copy()}; }
};

/// Stands for the user's authorization: section 2.3.
struct TokenCredentials {
  std::string token;
  Secret secret;

  [[nodiscard]] TokenCredentials copy() const { return {token, secret.copy()}; }
};

}  // namespace applink::oauth1
