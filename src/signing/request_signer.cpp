// From a request to the same request signed.
#include "applink/signing/request_signer.h"

#include <utility>

#include <fmt/format.h>

#include "applink/http/url.h"
#include "applink/oauth1/sign.h"
#include "applink/oauth1/signer.h"

namespace applink::signing {
namespace {

Result<void> check(const http::Request& request, const jira::ApplicationLink& link) {
  if (request.headers.find("Authorization")) {
    return fail(ErrorCode::usage, "the request brings an Authorization header of its own",
                "leave it out: the signature goes there");
  }
  if (jira::belongs_to(link, request.url)) return {};
  return fail(ErrorCode::usage,
              fmt::format("the URL does not belong to the link {}, whose base URL is {}", link.name,
                          link.base_url),
              "a signature is sent to the link's own host, port and context path alone");
}

}  // namespace

oauth1::FormBodyRule form_body_rule(jira::Product product) {
  return product == jira::Product::generic ? oauth1::FormBodyRule::every_method
                                           : oauth1::FormBodyRule::post_only;
}

RequestSigner::RequestSigner(jira::ApplicationLink link, crypto::RsaPrivateKey key,
                             const Clock& clock, oauth1::NonceSource& nonces)
    : link_(std::move(link)), key_(std::move(key)), clock_(&clock), nonces_(&nonces) {}

Result<http::Request> RequestSigner::sign(http::Request request,
                                          const Credentials& credentials) const {
  TRY(check(request, link_));
  const oauth1::ProtocolParameters parameters{.client_identifier = link_.consumer_key,
                                              .token = credentials.token,
                                              .callback = credentials.callback,
                                              .verifier = credentials.verifier,
                                              .session_handle = credentials.session_handle,
                                              .nonce = nonces_->next(),
                                              .timestamp = clock_->now()};
  const oauth1::RsaSigner signer(key_, oauth1::SignatureMethod::rsa_sha1);
  TRY_ASSIGN(const auto signature,
             oauth1::sign(request, parameters, signer, form_body_rule(link_.product)));
  return oauth1::placed(std::move(request), signature, link_.realm);
}

}  // namespace applink::signing
