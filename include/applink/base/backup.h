// A file that gives way to another of its name, and is kept beside it.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "applink/base/files.h"
#include "applink/base/result.h"

namespace applink {

/// Puts the new content under `path`. What was there stays as "PATH.~1~", or the next number that
/// is free, with its mode and times; this returns its path, or none where nothing was there. At
/// every moment `path` has the old content or the new one, whole. Only a file is replaced: a
/// directory, a device or a symbolic link is refused.
Result<std::optional<std::filesystem::path>> replace_keeping_backup(
    const std::filesystem::path& path, std::string_view content, FileMode mode);

}  // namespace applink
