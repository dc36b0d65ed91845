// The unlock method "keyring": an unlock key that the operating system's keyring has.
#pragma once

#include "applink/base/result.h"
#include "applink/store/keyring_service.h"
#include "crypto/sealing.h"
#include "store/records.h"

namespace applink::store {

/// Gives the keyring a new random key, and returns the row that it opens.
Result<WrappedKey> wrap_by_keyring(const crypto::SealingKey& data_key, KeyringService& keyring);

/// ErrorCode::locked where `keyring` is null or does not answer, or has not, or no longer, the key.
Result<crypto::SealingKey> unwrap_by_keyring(const WrappedKey& row, KeyringService* keyring);

/// Removes the key of `row` from the keyring.
Result<void> forget_in_keyring(const WrappedKey& row, KeyringService* keyring);

}  // namespace applink::store
