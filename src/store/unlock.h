// The data key under its wraps: docs/formats.md section 4.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/store/unlock_methods.h"
#include "crypto/sealing.h"
#include "store/records.h"

namespace applink::store {

inline constexpr std::string_view key_file_method = "key file";
inline constexpr std::string_view passphrase_method = "passphrase";
inline constexpr std::string_view keyring_method = "keyring";

/// The word of the command line: "key-file".
std::string command_word(std::string_view method);

WrappedKey wrap(const crypto::SealingKey& data_key, const crypto::SealingKey& unlock_key,
                std::string_view method, std::string_view parameters = {});

/// ErrorCode::locked where the unlock key is not the one that wrapped it, or the row was altered.
Result<crypto::SealingKey> unwrap(const WrappedKey& wrapped, const crypto::SealingKey& unlock_key);

/// What the head names a row by.
std::string digest_of(const WrappedKey& row);

/// The row of `method`; null where there is none.
const WrappedKey* find_row(std::span<const WrappedKey> rows, std::string_view method);

}  // namespace applink::store
