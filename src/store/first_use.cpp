// The database appears whole, and only where there is none.
#include "store/first_use.h"

#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "applink/base/files.h"
#include "applink/base/text.h"
#include "store/key_file.h"
#include "store/keyring_method.h"
#include "store/passphrase_method.h"
#include "store/private_file.h"
#include "store/sealed_records.h"
#include "store/sqlite_records.h"
#include "store/unlock.h"

namespace applink::store {
namespace {

// Null where no keyring answers: the key file will do.
Result<std::optional<WrappedKey>> row_of_keyring(const crypto::SealingKey& data_key,
                                                 const StoreLocation& location,
                                                 const UnlockMeans& means) {
  if (means.keyring == nullptr) return std::nullopt;
  TRY_ASSIGN(const Presence key_file, check_private_file(location.key_file, ErrorCode::locked));
  if (key_file == Presence::present) return std::nullopt;
  auto row = wrap_by_keyring(data_key, *means.keyring);
  if (row) return std::move(*row);
  if (row.error().code == ErrorCode::locked) return std::nullopt;
  return tl::unexpected(std::move(row).error());
}

Result<WrappedKey> first_row(const crypto::SealingKey& data_key, const StoreLocation& location,
                             const UnlockMeans& means) {
  if (means.turn == UnlockMeans::PassphraseTurn::first && means.passphrase) {
    TRY_ASSIGN(const Secret passphrase, means.passphrase());
    return wrap_by_passphrase(data_key, passphrase, {});
  }
  TRY_ASSIGN(auto row, row_of_keyring(data_key, location, means));
  if (row) return std::move(*row);
  TRY_ASSIGN(const auto unlock_key, read_or_make_key_file(location.key_file));
  return wrap(data_key, unlock_key, key_file_method);
}

// The bytes of a new database, put together in memory.
Result<std::string> new_database(const crypto::SealingKey& data_key, const WrappedKey& row,
                                 const Clock& clock, const std::string& actor) {
  TRY_ASSIGN(auto records, SqliteRecords::in_memory());
  SqliteRecords& database = *records;
  SealedRecords sealed(std::move(records), data_key, clock, actor);
  TRY(sealed.create());
  TRY(sealed.put_unlock_method(row, Change::added));
  return database.image();
}

std::string notice(const WrappedKey& row, const StoreLocation& location) {
  const std::string database = terminal_safe(location.database.string());
  if (row.method == passphrase_method) {
    return fmt::format("made a new store {}; its passphrase unlocks it: without it nobody does",
                       database);
  }
  if (row.method == keyring_method) {
    return fmt::format(
        "made a new store {}; the keyring of this desktop unlocks it. A second way, for cron, ssh "
        "and a lost keyring: applink store unlock-method add passphrase",
        database);
  }
  return fmt::format("made a new store {}; the key file {} unlocks it: keep a copy of both, apart",
                     database, terminal_safe(location.key_file.string()));
}

}  // namespace

Result<std::string> make_store(const StoreLocation& location, const Clock& clock,
                               const std::string& actor, const UnlockMeans& means) {
  const crypto::SealingKey data_key = crypto::SealingKey::random();
  TRY_ASSIGN(const WrappedKey row, first_row(data_key, location, means));
  TRY_ASSIGN(const std::string bytes, new_database(data_key, row, clock, actor));
  TRY(create_private_directories(location.database.parent_path()));
  const auto written = write_new_file(location.database, bytes, FileMode::private_file);
  if (written) return notice(row, location);
  if (row.method == keyring_method) static_cast<void>(forget_in_keyring(row, means.keyring));
  if (written.error().code == ErrorCode::conflict) return std::string();
  return tl::unexpected(in_context("cannot make the store", written.error()));
}

}  // namespace applink::store
