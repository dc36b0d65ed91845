// A request signed: RFC 5849 section 3, from the request to the value of oauth_signature.
#pragma once

#include <optional>
#include <string>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/http/message.h"
#include "applink/oauth1/parameters.h"
#include "applink/oauth1/placement.h"
#include "applink/oauth1/request_parameters.h"
#include "applink/oauth1/signer.h"

namespace applink::oauth1 {

enum class VersionParameter { sent, omitted };

/// `oauth_body_hash` of the OAuth Request Body Hash 1.0 draft. Sent, it goes with every request
/// but those with a form in the body, whose parameters are signed.
enum class BodyHash { omitted, sent };

/// Section 3.1, what sections 2.1 and 2.3 add, and how they are sent.
struct ProtocolParameters {
  std::string client_identifier;
  /// An empty token is sent as one: Jira wants it so where a client acts for itself.
  std::optional<std::string> token = {};
  std::optional<std::string> callback = {};
  std::optional<std::string> verifier = {};
  std::optional<std::string> session_handle = {};
  std::string nonce = {};
  Timestamp timestamp = {};
  VersionParameter version = VersionParameter::sent;
  BodyHash body_hash = BodyHash::omitted;
  Placement placement = Placement::header;
};

struct Signature {
  Parameters protocol_parameters;  ///< oauth_signature is the last
  std::string base_string;
  std::string value;  ///< of oauth_signature
  Placement placement = Placement::header;
};

/// Signs the bytes that will be sent; placed() then makes the request that is sent. Refuses
/// (ErrorCode::usage) a request that the server could read in another way than we do: see
/// request_parameters.h; a URL that has characters a URL must not have; a protocol parameter that
/// is already in the query, the body or a header; a placement in a body that is no form; PLAINTEXT
/// without TLS.
Result<Signature> sign(const http::Request& request, const ProtocolParameters& parameters,
                       const Signer& signer, FormBodyRule rule);

}  // namespace applink::oauth1
