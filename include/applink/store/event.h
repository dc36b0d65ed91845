// What happened in a store: one entry of its authenticated log.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "applink/base/clock.h"

namespace applink::store {

enum class RecordKind {
  store,
  key,
  link,
  consumer_secret,
  token,
  pending_login,
  setting,
  unlock_method,
};
/// The numbers are those of the log.
enum class Change { added = 1, replaced = 2, removed = 3 };

/// The word that listings use: "pending login", "replaced".
std::string_view to_string(RecordKind kind);
std::string_view to_string(Change change);

struct Event {
  std::uint64_t number = 0;  ///< 1, 2, 3 … without a gap; also the version of what it wrote
  Timestamp time;
  std::string who;  ///< user@host
  Change change = Change::added;
  RecordKind kind = RecordKind::store;
  /// Of the key, the link, the setting or the unlock method; of consumer secrets, tokens and
  /// logins, the link's; of the store itself empty, or the "format 2" that it was taken to.
  std::string name;
  std::string user_label;  ///< of tokens and logins alone
};

}  // namespace applink::store
