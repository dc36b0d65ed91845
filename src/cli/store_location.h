// Where the store and the key file that unlocks it are, as the environment says.
#pragma once

#include "applink/base/result.h"
#include "applink/store/vault.h"
#include "cli/environment.h"

namespace applink::cli {

/// The database: APPLINK_STORE, else $XDG_DATA_HOME/applink/store.db. The key file stands under
/// $XDG_CONFIG_HOME/applink: "store.key" for the usual store, and for any other a name made of its
/// absolute path, for each store has a key of its own.
Result<store::StoreLocation> store_location(const Environment& environment);

/// For what must not make one.
Result<void> check_there_is_a_store(const store::StoreLocation& location);

}  // namespace applink::cli
