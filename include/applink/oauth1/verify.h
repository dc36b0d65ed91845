// A signed request judged as a server must: RFC 5849 section 3.2.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/clock.h"
#include "applink/http/message.h"
#include "applink/oauth1/parameters.h"
#include "applink/oauth1/request_parameters.h"
#include "applink/oauth1/signer.h"

namespace applink::oauth1 {

/// In the order in which they are looked for. Those up to misplaced_body_hash are answered with
/// status 400, the others with 401.
enum class Objection {
  malformed_request,  ///< a header, query or body that cannot be read in one way
  missing_parameter,
  repeated_parameter,
  unsupported_signature_method,
  insecure_transport,  ///< PLAINTEXT without TLS
  unsupported_version,
  bad_timestamp,  ///< not a positive integer
  stale_timestamp,
  misplaced_body_hash,  ///< oauth_body_hash with a form in the body
  unknown_client,
  unknown_token,
  used_nonce,
  bad_body_hash,
  bad_signature,
};

int status_of(Objection objection);

struct Refusal {
  Objection objection;
  std::string detail;  ///< a parameter's name or value, or what is malformed; foreign text
};

struct NonceUse {
  std::string_view client_identifier;
  std::string_view token;  ///< empty where none was sent
  std::string_view nonce;
  Timestamp timestamp;
};

/// What a server knows. Only asked, never told: remembering a nonce is the caller's, after
/// verify().
class ServerState {
 public:
  virtual ~ServerState() = default;
  [[nodiscard]] virtual bool supports(SignatureMethod method) const = 0;
  /// Null where the client is unknown or has no key for this method. For a token that is unknown,
  /// or empty because none was sent, the token secret is empty.
  [[nodiscard]] virtual std::unique_ptr<const SignatureVerifier> verifier(
      std::string_view client_identifier, std::string_view token, SignatureMethod method) const = 0;
  /// Whether the token is valid and was given to this client.
  [[nodiscard]] virtual bool accepts_token(std::string_view client_identifier,
                                           std::string_view token) const = 0;
  [[nodiscard]] virtual bool used(const NonceUse& use) const = 0;
};

struct VerifyOptions {
  Timestamp now;
  std::chrono::seconds tolerance = std::chrono::seconds(300);
  FormBodyRule form_body = FormBodyRule::every_method;
};

struct Verification {
  std::vector<Refusal> refusals;   ///< in the order of Objection
  Parameters protocol_parameters;  ///< those that begin with oauth_, wherever they were sent
  std::string base_string;         ///< empty where the request is malformed

  [[nodiscard]] bool accepted() const { return refusals.empty(); }
};

/// Finds everything that is wrong, not only the first: a malformed, missing or repeated parameter
/// ends the search, since what follows would rest on it.
Verification verify(const http::Request& request, const ServerState& server,
                    const VerifyOptions& options);

}  // namespace applink::oauth1
