// Vault::open: one store where there was none, the same store ever after.
#include <array>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include "applink/base/files.h"
#include "applink/base/text.h"
#include "applink/store/vault.h"
#include "store/key_file.h"
#include "store/private_file.h"
#include "store/sealed_records.h"
#include "store/sqlite_records.h"
#include "store/unlock.h"

namespace applink::store {
namespace {

namespace fs = std::filesystem;

// USER@HOST, for the event log.
std::string this_actor() {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host = {'?'};
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> text{};
  ::getpwuid_r(::geteuid(), &entry, text.data(), text.size(), &found);
  const std::string user = found != nullptr ? found->pw_name : std::to_string(::geteuid());
  return fmt::format("{}@{}", user, host.data());
}

Result<fs::path> whole_path(const fs::path& path) {
  std::error_code failure;
  fs::path whole = fs::absolute(path, failure);
  if (!path.empty() && !failure && whole.has_filename()) return whole.lexically_normal();
  return fail(ErrorCode::usage,
              fmt::format("\"{}\" is not the path of a file", terminal_safe(path.string())),
              "give the path of the database, for example store.db");
}

// The bytes of a new database, put together in memory.
Result<std::string> new_database(const crypto::SealingKey& unlock_key, const Clock& clock) {
  const crypto::SealingKey data_key = crypto::SealingKey::random();
  TRY_ASSIGN(auto records, SqliteRecords::in_memory());
  SqliteRecords& database = *records;
  SealedRecords sealed(std::move(records), data_key, clock, this_actor());
  TRY(sealed.create());
  TRY(database.transact(Access::write, [&] {
    return database.put_wrapped_key(wrap(data_key, unlock_key, key_file_method));
  }));
  return database.image();
}

enum class Made { here, elsewhere };

// The key file comes first: whatever ends this on the way, the next process goes on. The database
// appears whole, and only where there is none.
Result<Made> make_store(const StoreLocation& location, const Clock& clock) {
  TRY_ASSIGN(const auto unlock_key, read_or_make_key_file(location.key_file));
  TRY_ASSIGN(const std::string bytes, new_database(unlock_key, clock));
  TRY(create_private_directories(location.database.parent_path()));
  const auto written = write_new_file(location.database, bytes, FileMode::private_file);
  if (written) return Made::here;
  if (written.error().code == ErrorCode::conflict) return Made::elsewhere;
  return tl::unexpected(in_context("cannot make the store", written.error()));
}

Result<crypto::SealingKey> unlock_with(const WrappedKey& wrapped, const StoreLocation& location) {
  TRY_ASSIGN(const auto unlock_key, read_key_file(location.key_file));
  auto data_key = unwrap(wrapped, unlock_key);
  if (data_key) return data_key;
  return fail(ErrorCode::locked,
              fmt::format("the key file {} does not open the store {}",
                          terminal_safe(location.key_file.string()),
                          terminal_safe(location.database.string())),
              "use the key file that was made with this store, or restore both from one backup");
}

/// The key file beside `looked_for` that opens the store: the name of one may be made of the path
/// that the database had before it was moved.
std::optional<fs::path> other_key_file(const WrappedKey& wrapped, const fs::path& looked_for) {
  std::error_code failure;
  fs::directory_iterator entry(looked_for.parent_path(), failure);
  for (; !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
    const fs::path& path = entry->path();
    if (path == looked_for || path.extension() != ".key") continue;
    const auto key = read_key_file(path);
    if (key && unwrap(wrapped, *key)) return path;
  }
  return std::nullopt;
}

Result<crypto::SealingKey> unlock(SqliteRecords& records, const StoreLocation& location) {
  std::vector<WrappedKey> keys;
  TRY(records.transact(Access::read, [&]() -> Result<void> {
    TRY_ASSIGN(keys, records.wrapped_keys());
    return {};
  }));
  TRY_ASSIGN(const WrappedKey wrapped, wrapped_by(keys, key_file_method));
  auto data_key = unlock_with(wrapped, location);
  if (data_key || !check_private_file(location.key_file, ErrorCode::locked)) return data_key;
  Error error = std::move(data_key).error();
  if (const auto other = other_key_file(wrapped, location.key_file)) {
    error.hint =
        fmt::format("a store that was moved or copied opens with its old key file: cp {} {}",
                    terminal_safe(other->string()), terminal_safe(location.key_file.string()));
  }
  return tl::unexpected(std::move(error));
}

std::string made_notice(const StoreLocation& location) {
  return fmt::format("made a new store {}; the key file {} unlocks it: keep a copy of both, apart",
                     terminal_safe(location.database.string()),
                     terminal_safe(location.key_file.string()));
}

}  // namespace

Result<std::unique_ptr<Vault>> Vault::open(const StoreLocation& typed, const Clock& clock) {
  StoreLocation location;
  TRY_ASSIGN(location.database, whole_path(typed.database));
  TRY_ASSIGN(location.key_file, whole_path(typed.key_file));
  std::optional<std::string> notice;
  TRY_ASSIGN(const Presence presence, check_database_files(location.database));
  if (presence == Presence::missing) {
    TRY_ASSIGN(const Made made, make_store(location, clock));
    if (made == Made::here) notice = made_notice(location);
  }
  TRY_ASSIGN(auto records, SqliteRecords::open(location.database));
  TRY_ASSIGN(const auto data_key, unlock(*records, location));
  auto sealed = std::make_unique<SealedRecords>(std::move(records), data_key, clock, this_actor());
  return std::make_unique<Vault>(std::move(sealed), std::move(location), std::move(notice));
}

}  // namespace applink::store
