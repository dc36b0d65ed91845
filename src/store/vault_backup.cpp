// Backups: a copy of everything, checked before anybody calls it one.
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "applink/base/backup.h"
#include "applink/base/text.h"
#include "applink/store/vault.h"
#include "store/sealed_records.h"
#include "store/sqlite_records.h"
#include "store/whole_copy.h"

namespace applink::store {
namespace {

namespace fs = std::filesystem;

bool is_the_same(const fs::path& one, const fs::path& other) {
  std::error_code unknown;
  return fs::weakly_canonical(one, unknown) == fs::weakly_canonical(other, unknown) ||
         fs::equivalent(one, other, unknown);
}

/// SQLite would take a new file for its own where it keeps its log, and --force would put the key
/// file away.
Result<void> check_is_elsewhere(const fs::path& path, const StoreLocation& location) {
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
    if (!is_the_same(path, fs::path(location.database) += suffix)) continue;
    return fail(ErrorCode::usage,
                fmt::format("{} is the store itself", terminal_safe(path.string())),
                "name a file elsewhere, on another disk if there is one");
  }
  if (!is_the_same(path, location.key_file)) return {};
  return fail(
      ErrorCode::usage,
      fmt::format("{} is the key file that unlocks the store", terminal_safe(path.string())),
      "name a file elsewhere: who has both can open the store");
}

Result<std::vector<std::string>> unlock_methods_in(SqliteRecords& records) {
  std::vector<std::string> methods;
  TRY(records.transact(Access::read, [&]() -> Result<void> {
    TRY_ASSIGN(auto rows, records.wrapped_keys());
    for (WrappedKey& row : rows) methods.push_back(std::move(row.method));
    return {};
  }));
  return methods;
}

}  // namespace

Result<Backup> Vault::back_up_to(const fs::path& path, Existing existing) const {
  TRY(check_is_elsewhere(path, location_));
  Backup backup;
  TRY_ASSIGN(const std::string image, records_->image());
  TRY_ASSIGN(auto copy, SqliteRecords::of_image(location_.database, image));
  TRY_ASSIGN(backup.unlock_methods, unlock_methods_in(*copy));
  const auto sealed = records_->over(std::move(copy));
  if (auto whole = check_is_whole(*sealed); !whole) {
    return tl::unexpected(in_context("no backup was made: the store is not as it was written",
                                     std::move(whole).error()));
  }
  TRY_ASSIGN(backup.contents, contents_of(*sealed));
  TRY_ASSIGN(backup.written, write_file(path, image, FileMode::private_file, existing));
  return backup;
}

}  // namespace applink::store
