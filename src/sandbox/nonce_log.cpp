// Both memories, and their forgetting.
#include "sandbox/nonce_log.h"

#include "sandbox/timestamp_window.h"

namespace applink::sandbox {

bool NonceLog::burn(const UsedNonce& nonce, Timestamp now) {
  forget(now);
  if (!in_window_.insert(nonce).second) return false;
  return in_last_minute_.emplace(nonce.consumer_key + ':' + nonce.nonce, now).second;
}

void NonceLog::forget(Timestamp now) {
  const std::int64_t earliest = timestamp_window(now).earliest;
  in_window_.erase(in_window_.begin(), in_window_.lower_bound(UsedNonce{earliest, {}, {}, {}}));
  for (auto entry = in_last_minute_.begin(); entry != in_last_minute_.end();) {
    const bool over = now - entry->second >= std::chrono::minutes(1);
    entry = over ? in_last_minute_.erase(entry) : std::next(entry);
  }
}

}  // namespace applink::sandbox
