// What it takes to change how an open store is unlocked.
#pragma once

#include "applink/store/unlock_methods.h"
#include "applink/store/vault.h"
#include "crypto/sealing.h"
#include "store/sealed_records.h"

namespace applink::store {

struct UnlockAccess {
  SealedRecords* records;  ///< the vault's
  crypto::SealingKey data_key;
  UnlockMethod opened_by;
  StoreLocation location;
  KeyringService* keyring;
};

}  // namespace applink::store
