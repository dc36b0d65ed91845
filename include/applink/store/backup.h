// What a backup of a store is, and what opens it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "applink/base/backup.h"

namespace applink::store {

/// How many there are of each.
struct StoreContents {
  std::size_t keys = 0;
  std::size_t links = 0;
  std::size_t tokens = 0;
  std::size_t pending_logins = 0;
  std::uint64_t events = 0;
};

/// A file that Vault::back_up_to() wrote: the whole database, sealed as the store itself is.
struct Backup {
  WrittenFile written;
  StoreContents contents;
  /// What opens the store opens the backup, and nothing of it is inside: "key file".
  std::vector<std::string> unlock_methods;
};

}  // namespace applink::store
