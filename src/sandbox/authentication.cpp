// Who signed: a user, by a token; or the consumer, for itself or for whomever it names.
#include "sandbox/authentication.h"

#include <array>
#include <string_view>

#include "sandbox/conditions.h"
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

tl::unexpected<Refusal> no_login() {
  return tl::unexpected<Refusal>(LoginRefused{});
}

bool may_log_in(const User& user, const Incoming& incoming) {
  return user.login == LoginRight::granted && !incoming.struck.by(MishapKind::user_deactivated);
}

// Of the query or the form; one in the header counts for nothing.
std::optional<std::string_view> requested_user(const Incoming& incoming) {
  for (const std::string_view name : {"xoauth_requestor_id", "user_id"}) {
    if (const auto user = oauth1::find(incoming.query, name)) return user;
    if (const auto user = oauth1::find(incoming.form, name)) return user;
  }
  return std::nullopt;
}

// Nobody, where there is no such user: the request is good all the same.
Checked<const User*> user_for_consumer(const Site& site, const Incoming& incoming,
                                       std::string_view name) {
  const User* user = site.config.find_user(name);
  if (user == nullptr) return nullptr;
  if (!may_log_in(*user, incoming)) return no_login();
  return user;
}

// An empty token: the consumer speaks for itself, or for whomever it names.
Checked<const User*> two_legged(Site& site, const Incoming& incoming, std::string_view key) {
  const Consumer* consumer = known_consumer(site, incoming, key);
  if (consumer == nullptr) return refuse("consumer_key_unknown");
  TRY(validate(site, incoming, *consumer, {}));
  if (const auto name = requested_user(incoming)) {
    if (consumer->impersonation == Impersonation::refused) return no_login();
    return user_for_consumer(site, incoming, *name);
  }
  if (consumer->two_legged == TwoLeggedOAuth::refused) return no_login();
  return user_for_consumer(site, incoming, consumer->execute_as);
}

// A foreign consumer key reads token_rejected, never consumer_key_unknown; and a token whose user
// is gone does not load.
Checked<const User*> three_legged(Site& site, const Incoming& incoming, std::string_view key,
                                  std::string_view name) {
  const Struck& struck = incoming.struck;
  const AccessToken* token = site.ledger.access_token(name);
  if (token == nullptr || token->consumer_key != key) return refuse("token_rejected");
  const bool lost =
      struck.by(MishapKind::token_revoked) || struck.by(MishapKind::token_of_another_consumer);
  const Consumer* consumer = known_consumer(site, incoming, token->consumer_key);
  const User* user = site.config.find_user(token->user);
  if (lost || consumer == nullptr || user == nullptr) return refuse("token_rejected");
  const bool expired = struck.by(MishapKind::token_expired) ||
                       site.clock.now() - token->created > site.config.lifetimes.access_token;
  if (expired) return refuse("token_expired");
  TRY(validate(site, incoming, *consumer, name));
  if (consumer->three_legged == ThreeLeggedOAuth::refused) return refuse("permission_denied");
  if (!may_log_in(*user, incoming)) return no_login();
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
