// Everything about the token is looked at before the signature is: a wrong verifier hides a wrong
// signature.
#include "sandbox/endpoints/token_credentials.h"

#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "applink/base/secret.h"
#include "crypto/random.h"
#include "sandbox/conditions.h"
#include "sandbox/problem_response.h"
#include "sandbox/responses.h"
#include "sandbox/token_length.h"
#include "sandbox/validator.h"

namespace applink::sandbox {
namespace {

struct Grant {
  std::string spent;  ///< the token that goes
  AccessToken issued;
};

bool brings(const Incoming& incoming, std::string_view name, std::string_view expected) {
  const auto value = oauth1::find(incoming.parameters, name);
  return value && equal_in_constant_time(*value, expected);
}

Checked<void> check_decision(Decision decision) {
  switch (decision) {
    case Decision::none:
      return refuse("permission_unknown");
    case Decision::denied:
      return refuse("permission_denied");
    case Decision::allowed:
      break;
  }
  return {};
}

//= rfc5849#2.3
//# The server MUST also verify the verification code received from the client.
Checked<void> check_verifier(const RequestToken& token, const Incoming& incoming) {
  if (token.version == OAuthVersion::one_zero) return {};
  TRY(require(incoming.parameters, {"oauth_verifier"}));
  if (brings(incoming, "oauth_verifier", token.verifier)) return {};
  return refuse("token_rejected");
}

AccessToken issue(std::string_view secret, std::string_view consumer_key, std::string_view user,
                  Timestamp session_created, Timestamp now) {
  return {crypto::random_alphanumeric(token_length),
          std::string(secret),
          std::string(consumer_key),
          std::string(user),
          now,
          Session{crypto::random_alphanumeric(token_length), session_created, now}};
}

//= rfc5849#2.3
//# The server MUST verify (Section 3.2) the validity of the request, ensure that the resource owner
//# has authorized the provisioning of token credentials to the client, and ensure that the
//# temporary credentials have not expired or been used before.
Checked<Grant> exchange(Site& site, const RequestToken& token, const Consumer& consumer,
                        const Incoming& incoming) {
  const Timestamp now = site.clock.now();
  const bool expired = incoming.struck.by(MishapKind::token_expired) ||
                       now - token.created > site.config.lifetimes.request_token;
  if (expired) return refuse("token_expired");
  TRY(check_decision(token.decision));
  const bool foreign = incoming.struck.by(MishapKind::token_of_another_consumer) ||
                       !brings(incoming, "oauth_consumer_key", token.consumer_key);
  if (foreign) return refuse("token_rejected");
  TRY(check_verifier(token, incoming));
  TRY(validate(site, incoming, consumer, token.token));
  return Grant{token.token, issue(token.secret, token.consumer_key, token.user, now, now)};
}

// No comparison of consumers here; but the signature has to be that of the token's.
Checked<Grant> renew(Site& site, const AccessToken& token, const Consumer& consumer,
                     const Incoming& incoming) {
  const Timestamp now = site.clock.now();
  if (!token.session) return refuse("token_rejected");
  TRY(require(incoming.parameters, {"oauth_session_handle"}));
  if (!brings(incoming, "oauth_session_handle", token.session->handle)) {
    return refuse("token_rejected");
  }
  const bool over = incoming.struck.by(MishapKind::token_expired) ||
                    now - token.session->last_renewal > site.config.lifetimes.session;
  if (over) return refuse("permission_denied");
  TRY(validate(site, incoming, consumer, token.token));
  return Grant{token.token,
               issue(token.secret, token.consumer_key, token.user, token.session->created, now)};
}

Checked<Grant> grant(Site& site, const Incoming& incoming) {
  TRY(require(incoming.parameters, {"oauth_token"}));
  const auto name = *oauth1::find(incoming.parameters, "oauth_token");
  const RequestToken* request_token = site.ledger.request_token(name);
  const AccessToken* access_token = site.ledger.access_token(name);
  if (request_token == nullptr && access_token == nullptr) return refuse("token_rejected");
  if (incoming.struck.by(MishapKind::token_revoked)) return refuse("token_rejected");
  // A consumer that is gone took its tokens with it.
  const Consumer* consumer = known_consumer(
      site, incoming,
      request_token != nullptr ? request_token->consumer_key : access_token->consumer_key);
  if (consumer == nullptr) return refuse("token_rejected");
  if (request_token != nullptr) return exchange(site, *request_token, *consumer, incoming);
  return renew(site, *access_token, *consumer, incoming);
}

}  // namespace

http::Response token_credentials(Site& site, const Incoming& incoming) {
  const auto granted = grant(site, incoming);
  if (!granted) return token_endpoint_refusal(site.config, granted.error());
  if (const auto kept = site.ledger.exchange(granted->spent, granted->issued); !kept) {
    return crash_page(kept.error().message);
  }
  const Lifetimes& lifetimes = site.config.lifetimes;
  return text_response(
      200,
      oauth_form({{"oauth_token", granted->issued.token},
                  {"oauth_token_secret", granted->issued.secret},
                  {"oauth_expires_in", fmt::to_string(lifetimes.access_token.count())},
                  {"oauth_session_handle", granted->issued.session->handle},
                  {"oauth_authorization_expires_in", fmt::to_string(lifetimes.session.count())}}));
}

}  // namespace applink::sandbox
