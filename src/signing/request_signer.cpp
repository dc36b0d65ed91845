// From a request to the same request signed.
#include "applink/signing/request_signer.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/base/utf8.h"
#include "applink/http/form.h"
#include "applink/http/url.h"

namespace applink::signing {
namespace {

Result<void> check(const http::Request& request, const jira::ApplicationLink& link) {
  if (request.headers.find("Authorization")) {
    return fail(ErrorCode::usage, "the request brings an Authorization header of its own",
                "leave it out: the signature goes there");
  }
  if (jira::may_be_signed(link, request.url)) return {};
  return fail(ErrorCode::usage,
              fmt::format("the URL does not belong to the link {}, whose base URL is {}", link.name,
                          link.base_url),
              "a signature is sent to the link's own host, port and context path alone");
}

/// Java reads other bytes as U+FFFD, and signs that.
Result<void> check_form(const http::Request& request, const jira::ApplicationLink& link) {
  if (link.product == jira::Product::generic || !http::is_form(request.headers) ||
      to_lower_ascii(request.method) != "post") {
    return {};
  }
  const auto pairs = http::parse_form(request.body);
  const bool readable = std::all_of(pairs.begin(), pairs.end(), [](const http::FormPair& pair) {
    return is_utf8(pair.name) && is_utf8(pair.value);
  });
  if (readable) return {};
  return fail(
      ErrorCode::usage, "the form in the body has escapes that are no UTF-8",
      fmt::format("write it in UTF-8 (\"\u00fc\" is %C3%BC): {} would read something else, and "
                  "refuse the signature",
                  jira::provider_word(link)));
}

}  // namespace

Credentials credentials_of(const oauth1::TokenCredentials& token) {
  return {.token = token.token, .token_secret = token.secret.copy()};
}

oauth1::FormBodyRule form_body_rule(jira::Product product) {
  return product == jira::Product::generic ? oauth1::FormBodyRule::every_method
                                           : oauth1::FormBodyRule::post_only;
}

oauth1::Placement placement_of(const http::Request& request, const jira::ApplicationLink& link) {
  if (link.placement != oauth1::Placement::body) return link.placement;
  const bool is_form = http::is_form(request.headers) ||
                       (request.body.empty() && !request.headers.find("Content-Type"));
  const bool is_read = request.method == "POST" ||
                       (form_body_rule(link.product) == oauth1::FormBodyRule::every_method &&
                        (request.method == "PUT" || request.method == "PATCH"));
  return is_form && is_read ? oauth1::Placement::body : oauth1::Placement::header;
}

std::unique_ptr<oauth1::Signer> signer_of(const ClientProof& proof, oauth1::SignatureMethod method,
                                          const Secret& token_secret) {
  if (const auto* const key = std::get_if<crypto::RsaPrivateKey>(&proof)) {
    return std::make_unique<oauth1::RsaSigner>(*key, method);
  }
  const auto& client_secret = std::get<Secret>(proof);
  if (method == oauth1::SignatureMethod::plaintext) {
    return std::make_unique<oauth1::PlaintextSigner>(client_secret, token_secret);
  }
  return std::make_unique<oauth1::HmacSigner>(method, client_secret, token_secret);
}

RequestSigner::RequestSigner(jira::ApplicationLink link, ClientProof proof, const Clock& clock,
                             oauth1::NonceSource& nonces)
    : link_(std::move(link)), proof_(std::move(proof)), clock_(&clock), nonces_(&nonces) {
  assert(jira::signs_with_key(link_) == std::holds_alternative<crypto::RsaPrivateKey>(proof_));
}

Result<oauth1::Signature> RequestSigner::signature(const http::Request& request,
                                                   const Credentials& credentials,
                                                   const SigningChoices& choices) const {
  TRY(check(request, link_));
  TRY(check_form(request, link_));
  const oauth1::ProtocolParameters parameters{
      .client_identifier = link_.consumer_key,
      .token = credentials.token,
      .callback = credentials.callback,
      .verifier = credentials.verifier,
      .session_handle = credentials.session_handle,
      .nonce = choices.nonce ? *choices.nonce : nonces_->next(),
      .timestamp = choices.timestamp ? *choices.timestamp : clock_->now(),
      .version = choices.version,
      .body_hash = link_.body_hash,
      .placement = choices.placement ? *choices.placement : placement_of(request, link_)};
  const auto signer = signer_of(proof_, link_.signature_method, credentials.token_secret);
  return oauth1::sign(request, parameters, *signer, form_body_rule(link_.product));
}

Result<http::Request> RequestSigner::placed(http::Request request,
                                            const oauth1::Signature& signature,
                                            const SigningChoices& choices) const {
  return oauth1::placed(std::move(request), signature, choices.realm ? choices.realm : link_.realm);
}

Result<http::Request> RequestSigner::sign(http::Request request, const Credentials& credentials,
                                          const SigningChoices& choices) const {
  TRY_ASSIGN(const auto made, signature(request, credentials, choices));
  return placed(std::move(request), made, choices);
}

}  // namespace applink::signing
