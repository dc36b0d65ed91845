// Listing and changing what unlocks a store.
#include "applink/store/unlock_methods.h"

#include <map>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "store/key_file.h"
#include "store/keyring_method.h"
#include "store/passphrase_method.h"
#include "store/unlock.h"
#include "store/unlock_access.h"
#include "store/unlocking.h"

namespace applink::store {
namespace {

using Opens = UnlockMethodState::Opens;

// What opens, and if not, why.
void note(UnlockMethodState& state, const Result<crypto::SealingKey>& opened) {
  state.opens_here = opened ? Opens::yes : Opens::no;
  if (!opened) state.obstacle = opened.error().message;
}

UnlockMethodState looked_at(const WrappedKey& row, const UnlockAccess& access) {
  UnlockMethodState state;
  state.method = row.method;
  if (row.method == key_file_method) {
    state.key_file = access.location.key_file;
    note(state, unwrap_by_key_file(row, access.location));
  } else if (row.method == keyring_method) {
    note(state, unwrap_by_keyring(row, access.keyring));
  } else if (row.method == passphrase_method) {
    const auto parameters = passphrase_parameters(row.parameters);
    if (parameters) state.scrypt = parameters->scrypt;
    if (!parameters) state.obstacle = parameters.error().message;
    if (parameters) state.opens_here = Opens::if_right;
    if (access.opened_by == UnlockMethod::passphrase) state.opens_here = Opens::yes;
  } else {
    state.obstacle = "this applink does not know it";
  }
  return state;
}

tl::unexpected<Error> no_keyring() {
  return fail(ErrorCode::locked, "no keyring answers here",
              "log in at a desktop that has one, such as GNOME's or KDE's");
}

}  // namespace

Result<std::vector<UnlockMethodState>> UnlockMethods::list() const {
  TRY_ASSIGN(const auto rows, access_->records->unlock_rows());
  std::map<std::string, UnlockMethodState> states;
  for (const WrappedKey& row : rows.good) states.emplace(row.method, looked_at(row, *access_));
  for (const auto& [method, finding] : rows.findings) {
    UnlockMethodState state;
    state.method = method;
    state.obstacle = finding;
    states.emplace(method, std::move(state));
  }
  std::vector<UnlockMethodState> list;
  list.reserve(states.size());
  for (auto& [method, state] : states) list.push_back(std::move(state));
  return list;
}

Result<void> UnlockMethods::add_key_file() {
  // What can be refused is refused first: a file that nobody needs would be in the way.
  TRY(access_->records->check_unlock_method(key_file_method, Change::added));
  TRY_ASSIGN(const auto unlock_key, make_key_file(access_->location.key_file));
  const WrappedKey row = wrap(access_->data_key, unlock_key, key_file_method);
  auto put = access_->records->put_unlock_method(row, Change::added);
  std::error_code it_stays;
  if (!put) std::filesystem::remove(access_->location.key_file, it_stays);
  return put;
}

Result<void> UnlockMethods::add_passphrase(const Secret& passphrase,
                                           const crypto::ScryptParameters& cost) {
  TRY(access_->records->check_unlock_method(passphrase_method, Change::added));
  TRY_ASSIGN(const auto row, wrap_by_passphrase(access_->data_key, passphrase, cost));
  return access_->records->put_unlock_method(row, Change::added);
}

Result<void> UnlockMethods::add_keyring() {
  TRY(access_->records->check_unlock_method(keyring_method, Change::added));
  return put_keyring(Change::added);
}

Result<void> UnlockMethods::change_passphrase(const Secret& passphrase,
                                              const crypto::ScryptParameters& cost) {
  TRY(access_->records->check_unlock_method(passphrase_method, Change::replaced));
  if (access_->opened_by != UnlockMethod::passphrase) {
    return fail(ErrorCode::locked, "only who knows the passphrase changes it",
                "give it as well, or remove it and add another: applink store unlock-method remove "
                "passphrase");
  }
  TRY_ASSIGN(const auto row, wrap_by_passphrase(access_->data_key, passphrase, cost));
  return access_->records->put_unlock_method(row, Change::replaced);
}

Result<void> UnlockMethods::change_keyring() {
  TRY(access_->records->check_unlock_method(keyring_method, Change::replaced));
  TRY_ASSIGN(const auto before, access_->records->unlock_rows());
  TRY(put_keyring(Change::replaced));
  // What is left behind where this fails is a secret that nobody asks for.
  const WrappedKey* const old = find_row(before.good, keyring_method);
  if (old != nullptr) static_cast<void>(forget_in_keyring(*old, access_->keyring));
  return {};
}

// The keyring has the key before the store has the row.
Result<void> UnlockMethods::put_keyring(Change change) {
  if (access_->keyring == nullptr) return no_keyring();
  TRY_ASSIGN(const auto row, wrap_by_keyring(access_->data_key, *access_->keyring));
  auto put = access_->records->put_unlock_method(row, change);
  if (!put) static_cast<void>(forget_in_keyring(row, access_->keyring));
  return put;
}

Result<Leftover> UnlockMethods::remove(UnlockMethod method) {
  TRY_ASSIGN(const auto before, access_->records->unlock_rows());
  TRY(access_->records->erase_unlock_method(to_string(method)));
  if (method == UnlockMethod::key_file) return Leftover::key_file;
  const WrappedKey* const row = find_row(before.good, keyring_method);
  if (method != UnlockMethod::keyring || row == nullptr) return Leftover::none;
  return forget_in_keyring(*row, access_->keyring) ? Leftover::none : Leftover::keyring_secret;
}

}  // namespace applink::store
