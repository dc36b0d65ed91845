// Restoring: everything is looked at before anything is written; the key file before the database.
#include "applink/store/restore.h"

#include <memory>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "applink/base/files.h"
#include "applink/base/text.h"
#include "store/key_file.h"
#include "store/private_file.h"
#include "store/sealed_records.h"
#include "store/sqlite_records.h"
#include "store/unlock.h"
#include "store/unlocking.h"
#include "store/whole_copy.h"

namespace applink::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_backup = std::size_t{1} << 30;

Result<void> check_is_free(const fs::path& database) {
  TRY_ASSIGN(const Presence presence, check_database_files(database));
  if (presence == Presence::missing) return {};
  return fail(ErrorCode::conflict,
              fmt::format("there is a store {} already", terminal_safe(database.string())),
              "restore into another place, with APPLINK_STORE; or, where nothing in that store is "
              "needed, move it away with its -wal and -shm files");
}

/// The database of a store in use is no backup: a part of the store is in its log.
Result<void> check_is_no_part(const fs::path& backup) {
  std::error_code none;
  const auto log = fs::file_size(fs::path(backup) += "-wal", none);
  if (none || log == 0) return {};
  return fail(ErrorCode::failed,
              fmt::format("{0} is a part of a store, whose other part is {0}-wal",
                          terminal_safe(backup.string())),
              fmt::format("make a backup of it: APPLINK_STORE={} applink store backup FILE",
                          in_command(backup)));
}

Result<std::unique_ptr<SqliteRecords>> read_backup(const fs::path& backup) {
  TRY(check_is_no_part(backup));
  TRY_ASSIGN(const std::string image, read_file(backup, largest_backup));
  auto records = SqliteRecords::of_image(backup, image);
  if (records) return records;
  Error error = std::move(records).error();
  error.hint = "name a whole file that applink store backup wrote, this applink or an older one";
  return tl::unexpected(std::move(error));
}

Result<std::vector<WrappedKey>> unlock_rows_in(SqliteRecords& records) {
  std::vector<WrappedKey> rows;
  TRY(records.transact(Access::read, [&]() -> Result<void> {
    TRY_ASSIGN(rows, records.wrapped_keys());
    return {};
  }));
  return rows;
}

bool opens(std::span<const WrappedKey> rows, const fs::path& key_file) {
  const WrappedKey* const row = find_row(rows, key_file_method);
  const auto key = read_key_file(key_file);
  return row != nullptr && key && unwrap(*row, *key);
}

/// Where the key file is that opens the backup, as far as one is looked for without being named.
fs::path found_key_file(std::span<const WrappedKey> rows, const fs::path& customary) {
  const WrappedKey* const row = find_row(rows, key_file_method);
  if (row == nullptr || opens(rows, customary)) return customary;
  return fitting_key_file(*row, customary).value_or(customary);
}

/// A key file that was named opens the backup, or nothing does.
Result<Unlocked> unlock_by_named(std::span<const WrappedKey> rows, const fs::path& backup,
                                 const fs::path& key_file) {
  const WrappedKey* const row = find_row(rows, key_file_method);
  if (row == nullptr) {
    return fail(ErrorCode::usage,
                fmt::format("no key file opens {}", terminal_safe(backup.string())),
                "leave --key-file out: the store was unlocked in another way");
  }
  TRY_ASSIGN(auto data_key, unwrap_by_key_file(*row, {backup, key_file}));
  return Unlocked{std::move(data_key), UnlockMethod::key_file};
}

/// Nothing is there afterwards but the key file that fits.
Result<void> put_key_file(const fs::path& from, const fs::path& to) {
  TRY_ASSIGN(const Presence presence, check_private_file(to, ErrorCode::locked));
  if (presence == Presence::missing) return copy_key_file(from, to);
  return fail(ErrorCode::conflict,
              fmt::format("the key file {} is there, and does not open this store",
                          terminal_safe(to.string())),
              "it may open another store, or older copies of one: move it away first");
}

Error of_a_backup(Error error, const fs::path& backup) {
  error.message = fmt::format("{} is no good backup: {}", terminal_safe(backup.string()),
                              std::move(error.message));
  error.hint = "nothing was restored: take another backup";
  return error;
}

}  // namespace

Result<Restored> restore_store(const fs::path& backup, const StoreLocation& place,
                               const Clock& clock, const UnlockMeans& means,
                               const std::optional<fs::path>& key_file) {
  TRY(check_is_free(place.database));
  TRY_ASSIGN(auto records, read_backup(backup));
  TRY_ASSIGN(const auto rows, unlock_rows_in(*records));
  const fs::path key = key_file.value_or(found_key_file(rows, place.key_file));
  TRY_ASSIGN(const Unlocked unlocked,
             key_file ? unlock_by_named(rows, backup, key) : unlock(rows, {backup, key}, means));
  TRY_ASSIGN(const std::string image, records->image());
  SealedRecords sealed(std::move(records), unlocked.data_key, clock, "");
  if (auto whole = check_is_whole(sealed); !whole) {
    return tl::unexpected(of_a_backup(std::move(whole).error(), backup));
  }
  Restored restored;
  TRY_ASSIGN(restored.contents, contents_of(sealed));
  for (const WrappedKey& row : rows) restored.unlock_methods.push_back(row.method);
  restored.opened_by = unlocked.by;
  if (unlocked.by == UnlockMethod::key_file && !opens(rows, place.key_file)) {
    TRY(put_key_file(key, place.key_file));
    restored.key_file_from = key;
  }
  TRY(create_private_directories(place.database.parent_path()));
  TRY(write_new_file(place.database, image, FileMode::private_file));
  return restored;
}

}  // namespace applink::store
