// Mishaps that a node does not notice itself.
#include "sandbox/conditions.h"

#include <charconv>
#include <chrono>
#include <optional>

namespace applink::sandbox {
namespace {

// Of a value that the table has accepted.
std::chrono::seconds seconds_in(std::string_view digits) {
  std::int64_t seconds = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  return std::chrono::seconds(seconds);
}

// Two nodes behind a load balancer that takes turns.
bool reaches_second_node(const Incoming& incoming) {
  const Blow* blow = incoming.struck.find(MishapKind::two_nodes);
  return blow != nullptr && blow->strike % 2 == 0;
}

std::optional<CacheRule> cache_rule(const Incoming& incoming) {
  const Blow* blow = incoming.struck.find(MishapKind::stale_key);
  if (blow == nullptr) return std::nullopt;
  const std::string_view value = blow->value;
  const std::size_t colon = value.find(':');
  const bool by_access = value.substr(0, colon) == "idle";
  return CacheRule{by_access ? CacheRule::Since::last_access : CacheRule::Since::loading,
                   seconds_in(value.substr(colon + 1))};
}

}  // namespace

Timestamp clock_of(const Site& site, const Struck& struck) {
  const Blow* blow = struck.find(MishapKind::clock_off);
  const Timestamp now = site.clock.now();
  return blow == nullptr ? now : now + seconds_in(blow->value);
}

const Consumer* known_consumer(const Site& site, const Incoming& incoming, std::string_view key) {
  if (incoming.struck.by(MishapKind::consumer_unknown)) return nullptr;
  return site.config.find_consumer(key);
}

PublicKey key_of(Site& site, const Incoming& incoming, const Consumer& consumer,
                 std::string_view token) {
  if (incoming.struck.by(MishapKind::key_replaced)) return nullptr;
  if (reaches_second_node(incoming)) return consumer.previous_key;
  if (token.empty()) return consumer.public_key;
  return site.keys.key_for(token, consumer.public_key, cache_rule(incoming), site.clock.now());
}

NonceLog& nonces_of(Site& site, const Incoming& incoming) {
  return site.nonces[reaches_second_node(incoming) ? 1 : 0];
}

}  // namespace applink::sandbox
