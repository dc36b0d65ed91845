// What a file of the store must be before it is opened: ours, and nobody else's.
#pragma once

#include <filesystem>

#include "applink/base/result.h"

namespace applink::store {

enum class Presence { missing, present };

/// Refuses with `code` a symbolic link, what is not a regular file, a file of another user, one
/// that group or others have any permission on, and a directory in which others can put another in
/// its place; the hint is the command that mends it.
Result<Presence> check_private_file(const std::filesystem::path& path, ErrorCode code);

/// The same, with ErrorCode::locked, for a database and the files that SQLite keeps or looks for
/// beside it. Those without their database are refused: a new one in that place would take them for
/// its own.
Result<Presence> check_database_files(const std::filesystem::path& database);

}  // namespace applink::store
