// The unlock method "passphrase": what its row says, and the key that scrypt makes.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/crypto/scrypt.h"
#include "crypto/sealing.h"
#include "store/records.h"

namespace applink::store {

struct PassphraseParameters {
  crypto::ScryptParameters scrypt;
  std::string salt;
};

/// ErrorCode::locked where they are damaged or of a newer version.
Result<PassphraseParameters> passphrase_parameters(std::string_view row_parameters);

/// A row of its own salt. Refuses a passphrase that protects nothing.
Result<WrappedKey> wrap_by_passphrase(const crypto::SealingKey& data_key, const Secret& passphrase,
                                      const crypto::ScryptParameters& cost);

/// ErrorCode::locked where the passphrase is not the one.
Result<crypto::SealingKey> unwrap_by_passphrase(const WrappedKey& row, const Secret& passphrase);

}  // namespace applink::store
