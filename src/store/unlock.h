// The data key under its wraps. One unlock method so far; each has a row of its own.
#pragma once

#include <span>
#include <string_view>

#include "applink/base/result.h"
#include "crypto/sealing.h"
#include "store/records.h"

namespace applink::store {

inline constexpr std::string_view key_file_method = "key file";

WrappedKey wrap(const crypto::SealingKey& data_key, const crypto::SealingKey& unlock_key,
                std::string_view method, std::string_view parameters = {});

/// ErrorCode::locked where the unlock key is not the one that wrapped it, or the row was altered.
Result<crypto::SealingKey> unwrap(const WrappedKey& wrapped, const crypto::SealingKey& unlock_key);

/// The row of `method`; ErrorCode::locked where the store has other methods only.
Result<WrappedKey> wrapped_by(std::span<const WrappedKey> keys, std::string_view method);

}  // namespace applink::store
