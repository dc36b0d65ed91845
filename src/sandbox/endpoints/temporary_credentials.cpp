// The consumer and its callback are looked at before the signature is.
#include "sandbox/endpoints/temporary_credentials.h"

#include <utility>

#include "crypto/random.h"
#include "sandbox/callback.h"
#include "sandbox/conditions.h"
#include "sandbox/problem_response.h"
#include "sandbox/responses.h"
#include "sandbox/token_length.h"
#include "sandbox/validator.h"

namespace applink::sandbox {
namespace {

Checked<const Consumer*> asking_consumer(const Site& site, const Incoming& incoming) {
  TRY(require(incoming.parameters, {"oauth_consumer_key"}));
  const auto key = oauth1::find(incoming.parameters, "oauth_consumer_key");
  const Consumer* consumer = known_consumer(site, incoming, *key);
  if (consumer == nullptr) return refuse("consumer_key_unknown");
  if (consumer->three_legged == ThreeLeggedOAuth::refused) return refuse("permission_denied");
  return consumer;
}

// Without oauth_callback this is OAuth 1.0: no confirmation, and later no verifier.
RequestToken new_token(const Consumer& consumer, const Incoming& incoming,
                       std::optional<std::string> callback, Timestamp now) {
  const bool has_callback = oauth1::find(incoming.parameters, "oauth_callback").has_value();
  RequestToken token;
  token.token = crypto::random_alphanumeric(token_length);
  token.secret = crypto::random_alphanumeric(token_length);
  token.consumer_key = consumer.key;
  token.version = has_callback ? OAuthVersion::one_zero_a : OAuthVersion::one_zero;
  token.callback = std::move(callback);
  token.created = now;
  return token;
}

Checked<RequestToken> issue(Site& site, const Incoming& incoming) {
  TRY_ASSIGN(const Consumer* consumer, asking_consumer(site, incoming));
  TRY_ASSIGN(auto callback, requested_callback(incoming.parameters));
  //= rfc5849#2.1
  //# The server MUST verify (Section 3.2) the request and if valid, respond back to the client with
  //# a set of temporary credentials
  TRY(validate(site, incoming, *consumer, {}));
  return new_token(*consumer, incoming, std::move(callback), site.clock.now());
}

}  // namespace

http::Response temporary_credentials(Site& site, const Incoming& incoming) {
  const auto token = issue(site, incoming);
  if (!token) return token_endpoint_refusal(site.config, token.error());
  if (const auto kept = site.ledger.put(*token); !kept) return crash_page(kept.error().message);
  //= rfc5849#2.1
  //# The response contains the following REQUIRED parameters: oauth_token The temporary credentials
  //# identifier. oauth_token_secret The temporary credentials shared-secret.
  oauth1::Parameters answer{{"oauth_token", token->token}, {"oauth_token_secret", token->secret}};
  //= rfc5849#2.1
  //# oauth_callback_confirmed MUST be present and set to "true".
  if (token->version == OAuthVersion::one_zero_a) {
    answer.push_back({"oauth_callback_confirmed", "true"});
  }
  return text_response(200, oauth_form(answer));
}

}  // namespace applink::sandbox
