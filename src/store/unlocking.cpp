// The order in which the unlock methods are tried, and the words where none works.
#include "store/unlocking.h"

#include <array>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "store/key_file.h"
#include "store/keyring_method.h"
#include "store/passphrase_method.h"
#include "store/private_file.h"
#include "store/unlock.h"

namespace applink::store {
namespace {

namespace fs = std::filesystem;

std::array<UnlockMethod, 3> order_of(const UnlockMeans& means) {
  if (means.turn == UnlockMeans::PassphraseTurn::first) {
    return {UnlockMethod::passphrase, UnlockMethod::key_file, UnlockMethod::keyring};
  }
  return {UnlockMethod::key_file, UnlockMethod::keyring, UnlockMethod::passphrase};
}

Result<crypto::SealingKey> unwrap_by_asking(const WrappedKey& row, const UnlockMeans& means) {
  if (!means.passphrase) {
    return fail(ErrorCode::locked, "the store needs its passphrase, and nobody can be asked",
                "say where it comes from");
  }
  TRY_ASSIGN(const Secret passphrase, means.passphrase());
  return unwrap_by_passphrase(row, passphrase);
}

Result<crypto::SealingKey> unwrap_by(UnlockMethod method, const WrappedKey& row,
                                     const StoreLocation& location, const UnlockMeans& means) {
  switch (method) {
    case UnlockMethod::key_file:
      return unwrap_by_key_file(row, location);
    case UnlockMethod::keyring:
      return unwrap_by_keyring(row, means.keyring);
    case UnlockMethod::passphrase:
      break;
  }
  return unwrap_by_asking(row, means);
}

tl::unexpected<Error> no_known_method(std::span<const WrappedKey> rows) {
  std::string methods;
  for (const WrappedKey& row : rows) {
    methods += (methods.empty() ? "" : ", ") + terminal_safe(row.method);
  }
  if (methods.empty()) {
    return fail(ErrorCode::locked, "the store has nothing that unlocks it",
                "restore it from a backup");
  }
  return fail(ErrorCode::locked, fmt::format("the store is unlocked by {}", methods),
              "this applink does not know that: use a newer one");
}

// The last method tried is the one that can be given most easily: its hint stays.
Error none_opened(std::vector<Error> errors) {
  Error error = std::move(errors.back());
  errors.pop_back();
  for (const Error& before : errors) error.message += "; " + before.message;
  return error;
}

Result<crypto::SealingKey> unwrap_by_that_key_file(const WrappedKey& row,
                                                   const StoreLocation& location) {
  TRY_ASSIGN(const auto unlock_key, read_key_file(location.key_file));
  auto data_key = unwrap(row, unlock_key);
  if (data_key) return data_key;
  return fail(ErrorCode::locked,
              fmt::format("the key file {} does not open the store {}",
                          terminal_safe(location.key_file.string()),
                          terminal_safe(location.database.string())),
              "use the key file that was made with this store, or restore both from one backup");
}

}  // namespace

Result<Unlocked> unlock(std::span<const WrappedKey> rows, const StoreLocation& location,
                        const UnlockMeans& means) {
  std::vector<Error> errors;
  for (const UnlockMethod method : order_of(means)) {
    const WrappedKey* const row = find_row(rows, to_string(method));
    if (row == nullptr) continue;
    auto data_key = unwrap_by(method, *row, location, means);
    if (data_key) return Unlocked{std::move(*data_key), method};
    errors.push_back(std::move(data_key).error());
    if (method == UnlockMethod::passphrase) break;
  }
  if (errors.empty()) return no_known_method(rows);
  return tl::unexpected(none_opened(std::move(errors)));
}

std::optional<fs::path> fitting_key_file(const WrappedKey& row, const fs::path& looked_for) {
  std::error_code failure;
  fs::directory_iterator entry(looked_for.parent_path(), failure);
  for (; !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
    const fs::path& path = entry->path();
    if (path == looked_for || path.extension() != ".key") continue;
    const auto key = read_key_file(path);
    if (key && unwrap(row, *key)) return path;
  }
  return std::nullopt;
}

Result<crypto::SealingKey> unwrap_by_key_file(const WrappedKey& row,
                                              const StoreLocation& location) {
  auto data_key = unwrap_by_that_key_file(row, location);
  if (data_key || !check_private_file(location.key_file, ErrorCode::locked)) return data_key;
  Error error = std::move(data_key).error();
  if (const auto other = fitting_key_file(row, location.key_file)) {
    error.hint =
        fmt::format("a store that was moved or copied opens with its old key file: cp {} {}",
                    terminal_safe(other->string()), terminal_safe(location.key_file.string()));
  }
  return tl::unexpected(std::move(error));
}

}  // namespace applink::store
