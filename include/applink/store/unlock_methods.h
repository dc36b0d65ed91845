// The ways in which a store is unlocked: a key file, a passphrase, the operating system's keyring.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/crypto/scrypt.h"
#include "applink/store/event.h"
#include "applink/store/keyring_service.h"

namespace applink::store {

enum class UnlockMethod { key_file, passphrase, keyring };

/// As the store names it: "key file", "passphrase", "keyring".
std::string_view to_string(UnlockMethod method);

/// What may unlock a store here and now, besides the key file in its place.
struct UnlockMeans {
  enum class PassphraseTurn { last, first };

  /// Outlives the vault; null where there is none.
  KeyringService* keyring = nullptr;
  /// Asked once at most, and only where it is needed. Empty, or ErrorCode::locked, where nobody can
  /// be asked.
  std::function<Result<Secret>()> passphrase = nullptr;
  /// `first` where the user said where the passphrase comes from: it is then the one way, where
  /// the store has it.
  PassphraseTurn turn = PassphraseTurn::last;
};

/// What can be said of one method of an open store.
struct UnlockMethodState {
  enum class Opens { yes, no, if_right };  ///< `if_right`: a passphrase that was not asked for

  std::string method;  ///< its name, also where this applink does not know it
  std::optional<crypto::ScryptParameters> scrypt;  ///< of a passphrase
  std::filesystem::path key_file;                  ///< of a key file
  Opens opens_here = Opens::no;
  std::string obstacle;  ///< why it does not open here, or is not as it was written; else empty
};

/// What a method that was removed leaves behind.
enum class Leftover {
  none,
  key_file,        ///< in its place: it opens older copies of the store
  keyring_secret,  ///< the keyring did not answer: nobody asks for it any more
};

struct UnlockAccess;

/// The methods of an open store. Every change is one transaction and one event; at least one method
/// always stays. ErrorCode::conflict where a method to be added is there already.
class UnlockMethods {
 public:
  explicit UnlockMethods(UnlockAccess& access) : access_(&access) {}

  /// In the order of their names. Looks at the key file and asks the keyring.
  [[nodiscard]] Result<std::vector<UnlockMethodState>> list() const;

  /// Writes the key file in its place. ErrorCode::conflict where a file is there.
  Result<void> add_key_file();
  Result<void> add_passphrase(const Secret& passphrase, const crypto::ScryptParameters& cost = {});
  /// ErrorCode::locked where no keyring answers.
  Result<void> add_keyring();

  /// ErrorCode::locked unless it was the passphrase that opened the store.
  Result<void> change_passphrase(const Secret& passphrase,
                                 const crypto::ScryptParameters& cost = {});
  /// Another secret in the keyring; the old one is forgotten.
  Result<void> change_keyring();

  /// A key file stays where it is; the secret in the keyring is forgotten. ErrorCode::failed for
  /// the last one.
  Result<Leftover> remove(UnlockMethod method);

 private:
  Result<void> put_keyring(Change change);

  UnlockAccess* access_;
};

}  // namespace applink::store
