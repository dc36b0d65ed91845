// A signer with a test key, and what a server would check in its requests.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/http/message.h"
#include "applink/oauth1/authorization_header.h"
#include "applink/oauth1/request_parameters.h"
#include "applink/oauth1/signature_base_string.h"
#include "applink/oauth1/signer.h"
#include "applink/signing/request_signer.h"
#include "support/counting_nonces.h"
#include "support/fixed_clock.h"
#include "support/keys.h"
#include "support/links.h"

namespace applink::test {

inline crypto::RsaPrivateKey private_key() {
  return key_file("pkcs8.pem");
}

/// A clock, nonces and a signer that uses them.
struct TestSigner {
  explicit TestSigner(jira::ApplicationLink link = jira_link())
      : TestSigner(std::move(link), private_key()) {}
  TestSigner(jira::ApplicationLink link, signing::ClientProof proof)
      : signer(std::move(link), std::move(proof), clock, nonces) {}

  FixedClock clock;
  CountingNonces nonces;
  signing::RequestSigner signer;
};

/// The protocol parameters in the Authorization header of `request`.
inline oauth1::Parameters protocol_parameters(const http::Request& request) {
  const auto value = request.headers.find("Authorization").value_or("");
  return oauth1::parse_authorization_header(value).value().parameters;
}

inline std::string protocol_parameter(const http::Request& request, std::string_view name) {
  const auto parameters = protocol_parameters(request);
  const auto value = oauth1::find(parameters, name);
  return value ? std::string(*value) : "(absent)";
}

/// What a server signs that takes the request for one to `url`.
inline std::string base_string_at(const http::Request& request, std::string_view url) {
  http::Request seen = request;
  seen.url = http::Url::parse(url).value();
  const auto parameters = oauth1::request_parameters(seen, protocol_parameters(request),
                                                     oauth1::FormBodyRule::post_only)
                              .value();
  return oauth1::signature_base_string(seen.method, seen.url, parameters);
}

/// Whether the public half of the test key verifies the request.
inline bool is_signed(const http::Request& request, oauth1::FormBodyRule rule) {
  const auto protocol = protocol_parameters(request);
  const auto parameters = oauth1::request_parameters(request, protocol, rule).value();
  const auto base_string = oauth1::signature_base_string(request.method, request.url, parameters);
  const auto key = private_key().public_key();
  return oauth1::RsaVerifier(key, oauth1::SignatureMethod::rsa_sha1)
      .verify(base_string, oauth1::find(protocol, "oauth_signature").value_or(""));
}

}  // namespace applink::test
