// Signs requests as one link's client: the link, what proves it, the time and fresh nonces in one
// place.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/crypto/rsa_key.h"
#include "applink/http/message.h"
#include "applink/jira/application_link.h"
#include "applink/oauth1/credentials.h"
#include "applink/oauth1/nonce.h"
#include "applink/oauth1/placement.h"
#include "applink/oauth1/request_parameters.h"
#include "applink/oauth1/sign.h"
#include "applink/oauth1/signer.h"

namespace applink::signing {

/// What proves that a request is the client's: its key, or the consumer secret where the link signs
/// with HMAC or PLAINTEXT.
using ClientProof = std::variant<crypto::RsaPrivateKey, Secret>;

/// The protocol parameters that differ from leg to leg.
struct Credentials {
  std::optional<std::string> token = std::nullopt;
  Secret token_secret = {};  ///< of that token: HMAC and PLAINTEXT need it, RSA does not
  std::optional<std::string> callback = std::nullopt;
  std::optional<std::string> verifier = std::nullopt;
  std::optional<std::string> session_handle = std::nullopt;
};

/// What one request says otherwise than the link, the clock and chance do.
struct SigningChoices {
  std::optional<std::string> nonce = std::nullopt;
  std::optional<Timestamp> timestamp = std::nullopt;
  std::optional<std::string> realm = std::nullopt;
  oauth1::VersionParameter version = oauth1::VersionParameter::sent;
  /// There and nowhere else: a request that has no such place is refused.
  std::optional<oauth1::Placement> placement = std::nullopt;
};

/// For a request that speaks for the user of these.
Credentials credentials_of(const oauth1::TokenCredentials& token);

/// Atlassian's products read a form body of POST alone, whatever RFC 5849 3.4.1.3.1 says.
oauth1::FormBodyRule form_body_rule(jira::Product product);

/// Where the signature of this request goes: where the link says; but what has no form in its body,
/// or one that the product does not read, has its signature in the header.
oauth1::Placement placement_of(const http::Request& request, const jira::ApplicationLink& link);

/// What signs with this proof by this method, which goes with it; the proof outlives it. The token
/// secret counts with HMAC and PLAINTEXT alone.
std::unique_ptr<oauth1::Signer> signer_of(const ClientProof& proof, oauth1::SignatureMethod method,
                                          const Secret& token_secret);

/// The clock and the nonces outlive it. It may sign in several threads where they may serve them.
class RequestSigner {
 public:
  /// The proof is of the kind that the link's signature method takes.
  RequestSigner(jira::ApplicationLink link, ClientProof proof, const Clock& clock,
                oauth1::NonceSource& nonces);

  [[nodiscard]] const jira::ApplicationLink& link() const { return link_; }
  [[nodiscard]] const Clock& clock() const { return *clock_; }

  /// The signature of `request` with all that led to it. A URL that is not of this link is never
  /// signed, and a request that brings an Authorization header of its own is refused.
  [[nodiscard]] Result<oauth1::Signature> signature(const http::Request& request,
                                                    const Credentials& credentials,
                                                    const SigningChoices& choices = {}) const;

  /// `request` with that signature where it belongs: in the header, the query or the body.
  [[nodiscard]] Result<http::Request> placed(http::Request request,
                                             const oauth1::Signature& signature,
                                             const SigningChoices& choices = {}) const;

  /// Both at once.
  [[nodiscard]] Result<http::Request> sign(http::Request request, const Credentials& credentials,
                                           const SigningChoices& choices = {}) const;

 private:
  jira::ApplicationLink link_;
  ClientProof proof_;
  const Clock* clock_;
  oauth1::NonceSource* nonces_;
};

}  // namespace applink::signing
