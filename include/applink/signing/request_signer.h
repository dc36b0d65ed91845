// Signs requests as one link's client: the link, its key, the time and fresh nonces in one place.
#pragma once

#include <optional>
#include <string>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/crypto/rsa_key.h"
#include "applink/http/message.h"
#include "applink/jira/application_link.h"
#include "applink/oauth1/nonce.h"
#include "applink/oauth1/request_parameters.h"

namespace applink::signing {

/// The protocol parameters that differ from leg to leg.
struct Credentials {
  std::optional<std::string> token = std::nullopt;
  std::optional<std::string> callback = std::nullopt;
  std::optional<std::string> verifier = std::nullopt;
  std::optional<std::string> session_handle = std::nullopt;
};

/// Atlassian's products read a form body of POST alone, whatever RFC 5849 3.4.1.3.1 says.
oauth1::FormBodyRule form_body_rule(jira::Product product);

/// The clock and the nonces outlive it. sign() may be called from several threads where they may.
class RequestSigner {
 public:
  RequestSigner(jira::ApplicationLink link, crypto::RsaPrivateKey key, const Clock& clock,
                oauth1::NonceSource& nonces);

  [[nodiscard]] const jira::ApplicationLink& link() const { return link_; }
  [[nodiscard]] const Clock& clock() const { return *clock_; }

  /// `request` with its Authorization header. A URL that is not of this link is never signed, and a
  /// request that brings an Authorization header of its own is refused.
  [[nodiscard]] Result<http::Request> sign(http::Request request,
                                           const Credentials& credentials) const;

 private:
  jira::ApplicationLink link_;
  crypto::RsaPrivateKey key_;
  const Clock* clock_;
  oauth1::NonceSource* nonces_;
};

}  // namespace applink::signing
