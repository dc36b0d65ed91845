// The key file: an unlock key as two lines of text, away from the database.
#pragma once

#include <filesystem>

#include "applink/base/result.h"
#include "crypto/sealing.h"

namespace applink::store {

/// ErrorCode::locked where it is missing, not private, or no key file.
Result<crypto::SealingKey> read_key_file(const std::filesystem::path& path);

/// Makes it with a random key; ErrorCode::conflict where anything is in its place.
Result<crypto::SealingKey> make_key_file(const std::filesystem::path& path);

/// Makes it with a random key where there is none, and reads it where there is one: of several
/// processes that do this at once, all get the same key.
Result<crypto::SealingKey> read_or_make_key_file(const std::filesystem::path& path);

/// The same key in another place; ErrorCode::conflict where anything is there.
Result<void> copy_key_file(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace applink::store
