// Entries taken while they are young enough, and loaded again after.
#include "sandbox/key_cache.h"

namespace applink::sandbox {

PublicKey KeyCache::key_for(std::string_view token, const PublicKey& current,
                            const std::optional<CacheRule>& rule, Timestamp now) {
  const auto found = entries_.find(token);
  if (rule && found != entries_.end()) {
    Entry& entry = found->second;
    const bool by_access = rule->since == CacheRule::Since::last_access;
    if (now - (by_access ? entry.last_access : entry.loaded) <= rule->limit) {
      entry.last_access = now;
      return entry.key;
    }
  }
  entries_.insert_or_assign(std::string(token), Entry{current, now, now});
  return current;
}

}  // namespace applink::sandbox
