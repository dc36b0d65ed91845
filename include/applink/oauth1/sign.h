// A request signed: RFC 5849 section 3, from the request to the value of oauth_signature.
#pragma once

#include <optional>
#include <string>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/http/message.h"
#include "applink/oauth1/parameters.h"
#include "applink/oauth1/request_parameters.h"
#include "applink/oauth1/signer.h"

namespace applink::oauth1 {

enum class VersionParameter { sent, omitted };

/// Section 3.1, and what sections 2.1 and 2.3 add.
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
};

struct Signature {
  Parameters protocol_parameters;  ///< for authorization_header(); oauth_signature is the last
  std::string base_string;
  std::string value;  ///< of oauth_signature
};

/// Signs the bytes that will be sent. Refuses (ErrorCode::usage) a request that the server could
/// read in another way than we do: see request_parameters.h; a URL that has characters a URL must
/// not have; a protocol parameter that is already in the query, the body or a header.
Result<Signature> sign(const http::Request& request, const ProtocolParameters& parameters,
                       const Signer& signer, FormBodyRule rule);

}  // namespace applink::oauth1
