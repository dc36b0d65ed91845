// What becomes of a file in whose place another one is written.
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

/// What becomes of a file that is where another one goes: an error (ErrorCode::conflict), or a
/// numbered backup beside the new one, as replace_keeping_backup() keeps it.
enum class Existing { refused, kept_as_backup };

struct WrittenFile {
  std::filesystem::path path;
  std::optional<std::filesystem::path> backup;  ///< of what was there before

  friend bool operator==(const WrittenFile&, const WrittenFile&) = default;
};

/// write_new_file() or replace_keeping_backup().
Result<WrittenFile> write_file(const std::filesystem::path& path, std::string_view content,
                               FileMode mode, Existing existing);

}  // namespace applink
