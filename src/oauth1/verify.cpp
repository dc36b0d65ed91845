// Verifying a signed request (RFC 5849 section 3.2).
#include "applink/oauth1/verify.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "applink/base/number.h"
#include "applink/base/secret.h"
#include "applink/http/form.h"
#include "applink/oauth1/signature_base_string.h"
#include "oauth1/body_hash.h"
#include "oauth1/header_parameters.h"

namespace applink::oauth1 {
namespace {

constexpr std::array<std::string_view, 5> required_parameters = {
    "oauth_consumer_key", "oauth_signature_method", "oauth_signature", "oauth_timestamp",
    "oauth_nonce"};

//= rfc5849#3.1
//# The parameter MAY be omitted when using the "PLAINTEXT" signature method.
bool may_be_omitted(std::string_view parameter, std::string_view signature_method) {
  return signature_method == to_string(SignatureMethod::plaintext) &&
         (parameter == "oauth_timestamp" || parameter == "oauth_nonce");
}

Result<Parameters> every_parameter(const http::Request& request, FormBodyRule rule) {
  if (!http::is_token(request.method)) return fail(ErrorCode::failed, "not an HTTP method");
  TRY_ASSIGN(const Parameters header, header_parameters(request));
  return sent_parameters(request, header, rule);
}

/// Digits alone, and more than zero.
std::optional<Timestamp> positive_integer(std::string_view text) {
  const auto seconds = number_in<std::int64_t>(text);
  if (!seconds || *seconds <= 0) return std::nullopt;
  return Timestamp(std::chrono::seconds(*seconds));
}

//= rfc5849#3.2
//# Servers receiving an authenticated request MUST validate it
/// One request under examination: each check adds its objections to the verification.
class Examination {
 public:
  Examination(const ServerState& server, const VerifyOptions& options)
      : server_(server), options_(options) {}

  Verification of(const http::Request& request) {
    auto sent = every_parameter(request, options_.form_body);
    if (!sent) {
      object(Objection::malformed_request, sent.error().message);
      return std::move(result_);
    }
    std::copy_if(sent->begin(), sent->end(), std::back_inserter(result_.protocol_parameters),
                 [](const Parameter& p) { return p.name.starts_with("oauth_"); });
    std::erase_if(*sent, [](const Parameter& p) { return p.name == "oauth_signature"; });
    result_.base_string = signature_base_string(request.method, request.url, *sent);
    check_presence();
    if (result_.accepted()) check_values(request);
    return std::move(result_);
  }

 private:
  void object(Objection objection, std::string_view detail) {
    result_.refusals.push_back({objection, std::string(detail)});
  }

  [[nodiscard]] std::string_view value(std::string_view name) const {
    return find(result_.protocol_parameters, name).value_or("");
  }

  //= rfc5849#3.1
  //# Each parameter MUST NOT appear more than once per request.
  void check_presence() {
    for (const std::string_view name : required_parameters) {
      const bool missing = !find(result_.protocol_parameters, name) &&
                           !may_be_omitted(name, value("oauth_signature_method"));
      if (missing) object(Objection::missing_parameter, name);
    }
    Parameters sorted = result_.protocol_parameters;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 1; i < sorted.size(); ++i) {
      const bool first_repeat =
          sorted[i].name == sorted[i - 1].name && (i == 1 || sorted[i].name != sorted[i - 2].name);
      if (first_repeat) object(Objection::repeated_parameter, sorted[i].name);
    }
  }

  void check_values(const http::Request& request) {
    const auto method = check_method();
    if (method) check_transport(request.url, *method);
    check_version();
    const auto timestamp = check_timestamp();
    check_place_of_body_hash(request);
    if (!method) return;
    if (const auto verifier = check_credentials(*method, timestamp)) {
      check_body_hash(request, *method);
      check_signature(*verifier);
    }
  }

  std::optional<SignatureMethod> check_method() {
    const std::string_view name = value("oauth_signature_method");
    const auto method = signature_method_named(name);
    if (method && server_.supports(*method)) return *method;
    object(Objection::unsupported_signature_method, name);
    return std::nullopt;
  }

  //= rfc5849#3.4.4
  //# It MUST be used with a transport-layer mechanism such as TLS or SSL
  void check_transport(const http::Url& url, SignatureMethod method) {
    const bool open = url.scheme() != "https" && !url.is_loopback();
    if (method == SignatureMethod::plaintext && open) {
      object(Objection::insecure_transport, url.scheme());
    }
  }

  //= rfc5849#3.2
  //# If the "oauth_version" parameter is present, ensuring its value is "1.0".
  void check_version() {
    const auto version = find(result_.protocol_parameters, "oauth_version");
    if (version && *version != "1.0") object(Objection::unsupported_version, *version);
  }

  //= rfc5849#3.3
  //# The timestamp value MUST be a positive integer.
  std::optional<Timestamp> check_timestamp() {
    if (!find(result_.protocol_parameters, "oauth_timestamp")) return std::nullopt;
    const std::string_view text = value("oauth_timestamp");
    const auto timestamp = positive_integer(text);
    if (!timestamp) {
      object(Objection::bad_timestamp, text);
    } else if (*timestamp < options_.now - options_.tolerance ||
               *timestamp > options_.now + options_.tolerance) {
      object(Objection::stale_timestamp, text);
    }
    return timestamp;
  }

  // The draft, section 4.1.1: a form in the body and its hash exclude each other.
  void check_place_of_body_hash(const http::Request& request) {
    const auto hash = find(result_.protocol_parameters, "oauth_body_hash");
    if (hash && http::is_form(request.headers)) object(Objection::misplaced_body_hash, *hash);
  }

  std::unique_ptr<const SignatureVerifier> check_credentials(SignatureMethod method,
                                                             std::optional<Timestamp> timestamp) {
    const std::string_view client = value("oauth_consumer_key");
    const std::string_view token = value("oauth_token");
    auto verifier = server_.verifier(client, token, method);
    if (!verifier) {
      object(Objection::unknown_client, client);
      return nullptr;
    }

    //= rfc5849#3.2
    //# If a token is present, verifying the scope and status of the client authorization as
    //# represented by the token
    if (!token.empty() && !server_.accepts_token(client, token)) {
      object(Objection::unknown_token, token);
    }

    //= rfc5849#3.2
    //# ensuring that the combination of nonce/timestamp/token (if present) received from the client
    //# has not been used before in a previous request
    const std::string_view nonce = value("oauth_nonce");
    if (timestamp && server_.used({client, token, nonce, *timestamp})) {
      object(Objection::used_nonce, nonce);
    }
    return verifier;
  }

  // The signature covers the hash, and the hash covers the body.
  void check_body_hash(const http::Request& request, SignatureMethod method) {
    const auto hash = find(result_.protocol_parameters, "oauth_body_hash");
    if (!hash || http::is_form(request.headers)) return;
    if (!equal_in_constant_time(*hash, body_hash(method, request.body))) {
      object(Objection::bad_body_hash, *hash);
    }
  }

  //= rfc5849#3.2
  //# Recalculating the request signature independently as described in Section 3.4 and comparing it
  //# to the value received from the client via the "oauth_signature" parameter.
  void check_signature(const SignatureVerifier& verifier) {
    const std::string_view signature = value("oauth_signature");
    if (verifier.verify(result_.base_string, signature)) return;
    // What a PLAINTEXT request brings may be nearly the secret itself.
    const bool secret = verifier.method() == SignatureMethod::plaintext;
    object(Objection::bad_signature, secret ? "" : signature);
  }

  const ServerState& server_;
  const VerifyOptions& options_;
  Verification result_;
};

}  // namespace

//= rfc5849#3.2
//# The server SHOULD return a 400 (Bad Request) status code when receiving a request with
//# unsupported parameters, an unsupported signature method, missing parameters, or duplicated
//# protocol parameters.  The server SHOULD return a 401 (Unauthorized) status code when receiving a
//# request with invalid client credentials, an invalid or expired token, an invalid signature, or
//# an invalid or used nonce.
int status_of(Objection objection) {
  return objection <= Objection::misplaced_body_hash ? 400 : 401;
}

Verification verify(const http::Request& request, const ServerState& server,
                    const VerifyOptions& options) {
  return Examination(server, options).of(request);
}

}  // namespace applink::oauth1
