// The keys that tokens were loaded with: Jira keeps a token with its consumer and its public key.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include "applink/base/clock.h"
#include "sandbox/config.h"

namespace applink::sandbox {

/// When a cached token is loaded anew, with the key that its consumer has by then.
struct CacheRule {
  enum class Since { last_access, loading } since;
  std::chrono::seconds limit;
};

/// In memory, one entry a token. Nothing that an administrator does to the key clears it.
class KeyCache {
 public:
  /// The key to check a request of this token with. `current` is what the consumer has now, and is
  /// taken at once where no rule keeps the old one.
  PublicKey key_for(std::string_view token, const PublicKey& current,
                    const std::optional<CacheRule>& rule, Timestamp now);
  /// As when a consumer is removed.
  void clear() { entries_.clear(); }

 private:
  struct Entry {
    PublicKey key;
    Timestamp loaded;
    Timestamp last_access;
  };

  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace applink::sandbox
