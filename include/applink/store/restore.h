// A store out of its backup.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/store/backup.h"
#include "applink/store/unlock_methods.h"
#include "applink/store/vault.h"

namespace applink::store {

struct Restored {
  StoreContents contents;
  std::vector<std::string> unlock_methods;
  UnlockMethod opened_by = UnlockMethod::key_file;
  /// Where the key file was copied from, where that is not the place that it is looked for in.
  std::optional<std::filesystem::path> key_file_from;
};

/// Puts the store that the file `backup` holds into `place`, where there must be none:
/// ErrorCode::conflict. It appears whole, or not at all, and only after it was unlocked and walked
/// as Vault::check() does. What opens it is `key_file` where that is given, else what `means` and
/// the customary place have, else a key file beside that place that fits: one made for another
/// path. A key file that opened it is copied into its customary place; ErrorCode::conflict where
/// another one is there. A store of an older format stays one until it is opened; a newer one is
/// refused.
Result<Restored> restore_store(const std::filesystem::path& backup, const StoreLocation& place,
                               const Clock& clock, const UnlockMeans& means = {},
                               const std::optional<std::filesystem::path>& key_file = std::nullopt);

}  // namespace applink::store
