// Signing a request: its protocol parameters, its base string, its signature.
#include "applink/oauth1/sign.h"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/form.h"
#include "applink/oauth1/signature_base_string.h"
#include "oauth1/body_hash.h"
#include "oauth1/form_placement.h"
#include "oauth1/well_formed.h"

namespace applink::oauth1 {
namespace {

Result<void> check_values(const ProtocolParameters& parameters) {
  if (parameters.client_identifier.empty()) {
    return fail(ErrorCode::usage, "the client identifier (consumer key) is empty");
  }
  if (parameters.nonce.empty()) return fail(ErrorCode::usage, "the nonce is empty");
  //= rfc5849#3.3
  //# The timestamp value MUST be a positive integer.
  if (parameters.timestamp.time_since_epoch().count() <= 0) {
    return fail(ErrorCode::usage, "the timestamp is not a positive number of seconds",
                "check this machine's clock");
  }
  return {};
}

Result<Parameters> protocol_parameters(const ProtocolParameters& given, SignatureMethod method,
                                       std::optional<std::string> hash_of_body) {
  TRY(check_values(given));
  Parameters parameters;
  parameters.reserve(11);
  const auto add = [&parameters](std::string_view name, std::string_view value) {
    parameters.push_back({std::string(name), std::string(value)});
  };
  //= rfc5849#3.1
  //# The client assigns value to each of these REQUIRED (unless specified otherwise) protocol
  //# parameters
  add("oauth_consumer_key", given.client_identifier);
  if (given.token) add("oauth_token", *given.token);
  add("oauth_signature_method", to_string(method));
  add("oauth_timestamp", fmt::format("{}", given.timestamp.time_since_epoch().count()));
  add("oauth_nonce", given.nonce);
  //= rfc5849#3.1
  //# oauth_version OPTIONAL.  If present, MUST be set to "1.0".
  if (given.version == VersionParameter::sent) add("oauth_version", "1.0");
  //= rfc5849#3.4.1.3.1
  //# Parameters not explicitly included in the request MUST be excluded from the signature base
  //# string (e.g., the "oauth_version" parameter when omitted).
  if (given.callback) add("oauth_callback", *given.callback);
  if (given.verifier) add("oauth_verifier", *given.verifier);
  if (given.session_handle) add("oauth_session_handle", *given.session_handle);
  if (hash_of_body) add("oauth_body_hash", *hash_of_body);
  for (const Parameter& parameter : parameters) {
    TRY(check_no_control_characters(parameter.value, parameter.name));
  }
  return parameters;
}

std::string authority(const http::Url& url) {
  if (!url.explicit_port()) return to_lower_ascii(url.host());
  return fmt::format("{}:{}", to_lower_ascii(url.host()), *url.explicit_port());
}

Result<void> check_request(const http::Request& request) {
  if (!http::is_token(request.method)) {
    return fail(ErrorCode::usage,
                fmt::format("\"{}\" is not an HTTP method", terminal_safe(request.method)),
                "one word, such as GET, POST, PUT or DELETE");
  }
  if (request.headers.find("Authorization")) {
    return fail(ErrorCode::usage, "the request has an Authorization header already",
                "leave it out: the signature goes there");
  }
  //= rfc5849#3.4.1.2
  //# The host and port values MUST match the content of the HTTP request "Host" header field.
  const auto host = request.headers.find("Host");
  if (host && to_lower_ascii(*host) != authority(request.url)) {
    return fail(ErrorCode::usage, "the Host header names another server than the URL",
                "leave it out: the signature covers the host of the URL");
  }
  return {};
}

//= rfc5849#2
//# the query MUST NOT contain any parameters beginning with the "oauth_" prefix
//= rfc5849#3.5
//# protocol parameters as well as any other parameter using the "oauth_" prefix SHALL be included
//# in the request using one and only one of the following locations
Result<void> check_one_location(const Parameters& elsewhere) {
  for (const Parameter& parameter : elsewhere) {
    if (!parameter.name.starts_with("oauth_")) continue;
    return fail(ErrorCode::usage,
                fmt::format("the query or the form body has the parameter {}",
                            terminal_safe(parameter.name)),
                "leave it out: names that begin with oauth_ belong to the signature");
  }
  return {};
}

//= rfc5849#3.4.4
//# It MUST be used with a transport-layer mechanism such as TLS or SSL (or sent over a secure channel
//# with equivalent protections).
Result<void> check_transport(const http::Url& url, SignatureMethod method) {
  if (method != SignatureMethod::plaintext) return {};
  if (url.scheme() == "https" || url.is_loopback()) return {};
  return fail(ErrorCode::usage, "PLAINTEXT sends the secrets themselves, and this URL is not https",
              "use https, or a signature method that signs");
}

Result<void> check_placement(const http::Request& request, Placement placement, FormBodyRule rule) {
  if (placement != Placement::body) return {};
  TRY(check_form_placement(request));
  if (rule == FormBodyRule::every_method || to_lower_ascii(request.method) == "post") return {};
  return fail(
      ErrorCode::usage,
      fmt::format("this server reads no form in the body of a {}", terminal_safe(request.method)),
      "place the signature in the header or in the query instead");
}

// The draft, section 4.1.1: never with a form in the body, with every other request, also one
// without a body.
Result<std::optional<std::string>> hash_of_body(const http::Request& request,
                                                const ProtocolParameters& parameters,
                                                SignatureMethod method) {
  if (parameters.body_hash == BodyHash::omitted) return std::nullopt;
  if (method == SignatureMethod::plaintext) {
    return fail(ErrorCode::usage, "PLAINTEXT signs nothing, so a hash of the body proves nothing",
                "leave out the body hash, or use a signature method that signs");
  }
  const bool form = http::is_form(request.headers) || parameters.placement == Placement::body;
  return form ? std::nullopt : std::optional(body_hash(method, request.body));
}

}  // namespace

Result<Signature> sign(const http::Request& request, const ProtocolParameters& parameters,
                       const Signer& signer, FormBodyRule rule) {
  TRY(check_request(request));
  TRY(check_transport(request.url, signer.method()));
  TRY(check_placement(request, parameters.placement, rule));
  TRY_ASSIGN(Parameters all, request_parameters(request, {}, rule));
  TRY(check_one_location(all));

  TRY_ASSIGN(auto hash, hash_of_body(request, parameters, signer.method()));
  Signature signature;
  signature.placement = parameters.placement;
  TRY_ASSIGN(signature.protocol_parameters,
             protocol_parameters(parameters, signer.method(), std::move(hash)));
  all.insert(all.end(), signature.protocol_parameters.begin(), signature.protocol_parameters.end());
  signature.base_string = signature_base_string(request.method, request.url, all);
  TRY_ASSIGN(signature.value, signer.sign(signature.base_string));
  signature.protocol_parameters.push_back({"oauth_signature", signature.value});
  return signature;
}

}  // namespace applink::oauth1
