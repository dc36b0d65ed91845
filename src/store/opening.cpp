// Vault::open: one store where there was none, the same store ever after.
#include <array>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include "applink/base/text.h"
#include "applink/store/vault.h"
#include "store/first_use.h"
#include "store/private_file.h"
#include "store/sealed_records.h"
#include "store/sqlite_records.h"
#include "store/tampering.h"
#include "store/unlock_access.h"
#include "store/unlocking.h"
#include "store/version_backup.h"

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

// A store that is made and then opened needs the passphrase twice.
UnlockMeans asking_once(const UnlockMeans& means) {
  if (!means.passphrase) return means;
  UnlockMeans once = means;
  once.passphrase = [ask = means.passphrase,
                     answer = std::make_shared<std::optional<Secret>>()]() -> Result<Secret> {
    if (!*answer) {
      TRY_ASSIGN(*answer, ask());
    }
    return (*answer)->copy();
  };
  return once;
}

// What an open store was unlocked from.
struct Locked {
  int format = store_format;
  std::vector<WrappedKey> rows;
};

Result<Locked> read_locked(SqliteRecords& records) {
  Locked locked;
  TRY(records.transact(Access::read, [&]() -> Result<void> {
    TRY_ASSIGN(locked.format, records.format());
    TRY_ASSIGN(locked.rows, records.wrapped_keys());
    return {};
  }));
  return locked;
}

// What to say of the store of an older format, which is one of today's afterwards.
Result<std::optional<std::string>> migrate(SealedRecords& sealed, const fs::path& path) {
  fs::path backup;
  auto format = sealed.migrate([&](int old_format, std::string_view bytes) -> Result<void> {
    TRY_ASSIGN(backup, back_up_version(path, old_format, bytes));
    return {};
  });
  if (!format) {
    return tl::unexpected(
        in_context("cannot take the store to its new format", std::move(format).error()));
  }
  if (*format == store_format) return std::nullopt;
  return fmt::format("took the store {} from format {} to {}; as it was, it is kept as {}",
                     terminal_safe(path.string()), *format, store_format,
                     terminal_safe(backup.string()));
}

// Of the row that opened the store it is an error, of the others a warning. Where the head is
// damaged nothing can be read, and the check, for which the store must open, says so.
Result<std::vector<std::string>> warnings_of(SealedRecords& sealed, UnlockMethod opened_by) {
  const auto rows = sealed.unlock_rows();
  std::vector<std::string> warnings;
  if (!rows) return warnings;
  for (const auto& [method, finding] : rows->findings) {
    if (method == to_string(opened_by)) return tampering(finding);
    warnings.push_back(finding);
  }
  return warnings;
}

}  // namespace

Result<std::unique_ptr<Vault>> Vault::open(const StoreLocation& typed, const Clock& clock,
                                           const UnlockMeans& given) {
  StoreLocation location;
  TRY_ASSIGN(location.database, whole_path(typed.database));
  TRY_ASSIGN(location.key_file, whole_path(typed.key_file));
  const UnlockMeans means = asking_once(given);
  const std::string actor = this_actor();
  std::optional<std::string> notice;
  TRY_ASSIGN(const Presence presence, check_database_files(location.database));
  if (presence == Presence::missing) {
    TRY_ASSIGN(std::string made, make_store(location, clock, actor, means));
    if (!made.empty()) notice = std::move(made);
  }
  TRY_ASSIGN(auto records, SqliteRecords::open(location.database));
  TRY_ASSIGN(const Locked locked, read_locked(*records));
  TRY_ASSIGN(Unlocked unlocked, unlock(locked.rows, location, means));
  auto sealed =
      std::make_unique<SealedRecords>(std::move(records), unlocked.data_key, clock, actor);
  if (locked.format < store_format && !sealed->read_only()) {
    TRY_ASSIGN(notice, migrate(*sealed, location.database));
  }
  TRY_ASSIGN(auto warnings, warnings_of(*sealed, unlocked.by));
  auto access = std::make_unique<UnlockAccess>(UnlockAccess{
      sealed.get(), std::move(unlocked.data_key), unlocked.by, location, means.keyring});
  auto vault = std::make_unique<Vault>(std::move(sealed), std::move(location), std::move(notice));
  vault->unlock_access_ = std::move(access);
  vault->warnings_ = std::move(warnings);
  return vault;
}

}  // namespace applink::store
