// What a server answers to a request for credentials: RFC 5849 sections 2.1 and 2.3.
#pragma once

#include <chrono>
#include <optional>

#include "applink/base/result.h"
#include "applink/http/message.h"
#include "applink/oauth1/credentials.h"

namespace applink::oauth1 {

/// What to make of an answer without `oauth_callback_confirmed=true`: one of OAuth 1.0.
enum class Unconfirmed { refused, accepted };

/// An OAuth problem is ErrorCode::refused.
Result<TemporaryCredentials> parse_temporary_credentials(
    const http::Response& response, Unconfirmed unconfirmed = Unconfirmed::refused);

struct TokenCredentialsResponse {
  TokenCredentials credentials;
  // The session extension: what a server that can renew tokens says beside them. What cannot be
  // read is absent.
  std::optional<std::chrono::seconds> expires_in;
  Secret session_handle;  ///< empty where there is none
  std::optional<std::chrono::seconds> authorization_expires_in;
};

/// For the exchange of a verifier and for a renewal. An OAuth problem is ErrorCode::refused.
Result<TokenCredentialsResponse> parse_token_credentials(const http::Response& response);

}  // namespace applink::oauth1
