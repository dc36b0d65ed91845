// The dance of RFC 5849 section 2: three legs over a transport, nothing kept.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "applink/base/result.h"
#include "applink/http/message.h"
#include "applink/http/transport.h"
#include "applink/http/url.h"
#include "applink/oauth1/credentials.h"
#include "applink/oauth1/credentials_response.h"
#include "applink/signing/request_signer.h"

namespace applink::handshake {

/// The callback of a login whose verifier a person carries over: "out of band".
//= rfc5849#2.1
//# If the client is unable to receive callbacks or a callback URI has been established via other
//# means, the parameter value MUST be set to "oob" (case sensitive)
inline constexpr std::string_view oob = "oob";

/// The transport and the signer outlive it. `user_label` is that under which the token will be
/// kept: errors advise a login of the same.
class Handshake {
 public:
  Handshake(http::Transport& transport, const signing::RequestSigner& signer,
            std::string user_label = std::string(jira::default_user_label))
      : transport_(&transport), signer_(&signer), user_label_(std::move(user_label)) {}

  /// RFC 5849 2.1. `callback` is an absolute URL or `oob`; it is always sent, for Jira takes a
  /// request without one for OAuth 1.0, which a stranger's session can be slipped into.
  [[nodiscard]] Result<oauth1::TemporaryCredentials> begin(std::string_view callback) const;

  /// RFC 5849 2.2: the page where the user allows or denies. `callback` is the one of begin():
  /// OAuth 1.0 takes it here.
  [[nodiscard]] Result<http::Url> authorization_url(const oauth1::TemporaryCredentials& temporary,
                                                    std::string_view callback) const;

  /// RFC 5849 2.3. An empty verifier is that of OAuth 1.0, which has none. ErrorCode::denied where
  /// the user denied.
  [[nodiscard]] Result<oauth1::TokenCredentialsResponse> finish(
      const oauth1::TemporaryCredentials& temporary, std::string_view verifier) const;

  /// The session extension: a new token for one that has a session handle, without the user. The
  /// old one is dead as soon as the provider has made the new one. ErrorCode::usage where nothing
  /// was sent.
  [[nodiscard]] Result<oauth1::TokenCredentialsResponse> renew(
      const oauth1::TokenCredentials& token, const Secret& session_handle) const;

 private:
  struct Exchange {
    http::Url asked;
    http::Request sent;  ///< signed, wherever the link places that
    http::Response response;
  };

  [[nodiscard]] Result<Exchange> post(const http::Url& url,
                                      const signing::Credentials& credentials) const;
  [[nodiscard]] Result<void> check_success(const Exchange& exchange) const;

  http::Transport* transport_;
  const signing::RequestSigner* signer_;
  std::string user_label_;
};

}  // namespace applink::handshake
