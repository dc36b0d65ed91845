// Which nonces were seen: the provider's two memories of them.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "applink/base/clock.h"

namespace applink::sandbox {

struct UsedNonce {
  std::int64_t timestamp = 0;
  std::string nonce;
  std::string consumer_key;
  std::string token;  ///< empty without one

  friend bool operator<(const UsedNonce& a, const UsedNonce& b) {
    return std::tie(a.timestamp, a.nonce, a.consumer_key, a.token) <
           std::tie(b.timestamp, b.nonce, b.consumer_key, b.token);
  }
};

/// net.oauth refuses the whole of a UsedNonce for as long as its timestamp would pass; Atlassian
/// refuses the nonce of a consumer for a minute, whatever timestamp and token come with it. Neither
/// memory outlives the process.
class NonceLog {
 public:
  /// Whether the nonce is new. From now on it is not, whatever else becomes of the request.
  bool burn(const UsedNonce& nonce, Timestamp now);

 private:
  void forget(Timestamp now);

  std::set<UsedNonce> in_window_;
  std::map<std::string, Timestamp> in_last_minute_;
};

}  // namespace applink::sandbox
