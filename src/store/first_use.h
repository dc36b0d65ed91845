// A new store where there was none, and the one way that unlocks it.
#pragma once

#include <string>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/store/unlock_methods.h"
#include "applink/store/vault.h"

namespace applink::store {

/// What to say of the store that was just made; empty where another process was quicker.
///
/// It is unlocked by the passphrase where `means` gives it the first turn; else by the keyring
/// where one answers; else by the key file, and by that too where it is there already: a process
/// was killed before it made the database. What unlocks the store is there before the store is: a
/// process killed on the way leaves no store that does not open.
Result<std::string> make_store(const StoreLocation& location, const Clock& clock,
                               const std::string& actor, const UnlockMeans& means);

}  // namespace applink::store
