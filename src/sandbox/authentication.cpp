// Three-legged requests admitted, two-legged ones refused.
#include "sandbox/authentication.h"

#include <array>
#include <string_view>

#include "sandbox/validator.h"

namespace applink::sandbox {
namespace {

constexpr std::array<std::string_view, 6> marks_of_oauth{
    "oauth_consumer_key", "oauth_token",     "oauth_signature_method",
    "oauth_signature",    "oauth_timestamp", "oauth_nonce"};

bool is_oauth(const oauth1::Parameters& parameters) {
  for (const std::string_view mark : marks_of_oauth) {
    if (!oauth1::find(parameters, mark)) return false;
  }
  return true;
}

// An empty token: the consumer speaks for itself, which none here may.
Checked<const User*> two_legged(Site& site, const Incoming& incoming, std::string_view key) {
  const Consumer* consumer = site.config.find_consumer(key);
  if (consumer == nullptr) return refuse("consumer_key_unknown");
  TRY(validate(incoming.request, incoming.parameters, *consumer, site.nonces, site.clock.now()));
  return tl::unexpected<Refusal>(LoginRefused{});
}

// A foreign consumer key reads token_rejected, never consumer_key_unknown; and a token whose user
// is gone does not load.
Checked<const User*> three_legged(Site& site, const Incoming& incoming, std::string_view key,
                                  std::string_view name) {
  const AccessToken* token = site.ledger.access_token(name);
  if (token == nullptr || token->consumer_key != key) return refuse("token_rejected");
  const Consumer* consumer = site.config.find_consumer(token->consumer_key);
  const User* user = site.config.find_user(token->user);
  if (consumer == nullptr || user == nullptr) return refuse("token_rejected");
  const Timestamp now = site.clock.now();
  if (now - token->created > site.config.lifetimes.access_token) return refuse("token_expired");
  TRY(validate(incoming.request, incoming.parameters, *consumer, site.nonces, now));
  if (consumer->three_legged == ThreeLeggedOAuth::refused) return refuse("permission_denied");
  if (user->login == LoginRight::withdrawn) return tl::unexpected<Refusal>(LoginRefused{});
  return user;
}

}  // namespace

Checked<const User*> signing_user(Site& site, const Incoming& incoming) {
  if (!is_oauth(incoming.parameters)) return nullptr;
  const auto key = *oauth1::find(incoming.parameters, "oauth_consumer_key");
  const auto token = *oauth1::find(incoming.parameters, "oauth_token");
  if (token.empty()) return two_legged(site, incoming, key);
  return three_legged(site, incoming, key, token);
}

}  // namespace applink::sandbox
