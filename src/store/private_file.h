// What a file of the store must be before it is opened: ours, and nobody else's.
#pragma once

#include <filesystem>

#include "applink/base/result.h"

namespace applink::store {

enum class Presence { missing, present };

/// Refuses with `code` a symbolic link, what is not a regular file, a file of another user, and one
/// that group or others have any permission on; the hint is the command that mends it.
Result<Presence> check_private_file(const std::filesystem::path& path, ErrorCode code);

/// The same for a database with the files that SQLite keeps beside it. Those without their
/// database are refused: a new database in that place would take them for its own.
Result<Presence> check_database_files(const std::filesystem::path& database);

}  // namespace applink::store
