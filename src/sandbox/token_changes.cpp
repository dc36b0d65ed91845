// A new set of tokens out of the old one.
#include "sandbox/token_changes.h"

#include <chrono>
#include <utility>

#include "sandbox/request_record.h"

namespace applink::sandbox {
namespace {

template <class Token>
bool fits(const Token& token, const TokenChoice& choice) {
  return (!choice.token || *choice.token == token.token ||
          *choice.token == token_id(token.token)) &&
         (!choice.user || *choice.user == token.user) &&
         (!choice.consumer_key || *choice.consumer_key == token.consumer_key);
}

template <class Map>
std::size_t change(Map& tokens, TokenChange change, const TokenChoice& choice,
                   Timestamp expired_creation) {
  std::size_t count = 0;
  for (auto entry = tokens.begin(); entry != tokens.end();) {
    const bool chosen = fits(entry->second, choice);
    count += chosen ? 1 : 0;
    if (chosen && change == TokenChange::revoke) {
      entry = tokens.erase(entry);
      continue;
    }
    if (chosen) entry->second.created = expired_creation;
    ++entry;
  }
  return count;
}

}  // namespace

Result<std::size_t> change_tokens(Site& site, TokenChange what, const TokenChoice& choice) {
  Tokens tokens = site.ledger.tokens();
  const Lifetimes& lifetimes = site.config.lifetimes;
  const auto too_early = [&site](std::chrono::seconds lifetime) {
    return site.clock.now() - lifetime - std::chrono::seconds(1);
  };
  const std::size_t count =
      change(tokens.request_tokens, what, choice, too_early(lifetimes.request_token)) +
      change(tokens.access_tokens, what, choice, too_early(lifetimes.access_token));
  TRY(site.ledger.replace(std::move(tokens)));
  return count;
}

}  // namespace applink::sandbox
