// Trying what the store has against what there is.
#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "applink/base/result.h"
#include "applink/store/unlock_methods.h"
#include "applink/store/vault.h"
#include "crypto/sealing.h"
#include "store/records.h"

namespace applink::store {

struct Unlocked {
  crypto::SealingKey data_key;
  UnlockMethod by;
};

/// The data key out of the first row that opens: key file, keyring, passphrase, in the order of
/// what they cost; the passphrase first where `means` says so. A wrong passphrase is an error:
/// nothing else is tried behind it. ErrorCode::locked where none opens.
Result<Unlocked> unlock(std::span<const WrappedKey> rows, const StoreLocation& location,
                        const UnlockMeans& means);

/// By the key file in its place; where it does not fit, the hint names one beside it that does.
Result<crypto::SealingKey> unwrap_by_key_file(const WrappedKey& row, const StoreLocation& location);

/// A key file beside `looked_for` that opens the store: the name of one may be made of the path
/// that the database had before it was moved.
std::optional<std::filesystem::path> fitting_key_file(const WrappedKey& row,
                                                      const std::filesystem::path& looked_for);

}  // namespace applink::store
