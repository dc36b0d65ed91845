// Files written so that nothing is lost, half-written or readable by others.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/base/secret.h"

namespace applink {

enum class FileMode { private_file = 0600, public_file = 0644 };

/// Refuses what is larger than `limit` bytes, a directory, or anything else that is not a file or
/// a pipe. A relative path is taken from the working directory, as everywhere here.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit);
/// The same for bytes that must not be seen; the buffers on the way are wiped.
Result<Secret> read_secret_file(const std::filesystem::path& path, std::size_t limit);

/// The same for what its owner alone may read: refused where group or others may, for then it is no
/// secret any more.
Result<Secret> read_private_file(const std::filesystem::path& path, std::size_t limit);

/// Creates `path`, which must not exist (ErrorCode::conflict where it does), with exactly this mode
/// whatever the umask; on the disk, with its directory entry, before this returns. The name appears
/// when the content is whole, so that a process killed on the way leaves no half of a file, and
/// nothing at all where the file system has O_TMPFILE.
Result<void> write_new_file(const std::filesystem::path& path, std::string_view content,
                            FileMode mode);

/// Whether write_new_file() with the same arguments could have left what is there: a file of this
/// content, which, where it is private, belongs to this user and has exactly that mode.
bool is_written_already(const std::filesystem::path& path, std::string_view content, FileMode mode);

/// Puts the new content in the place of whatever `path` was, or creates it: a reader, or a process
/// killed on the way, finds the old content or the new one, whole. On the disk before this returns.
Result<void> replace_file(const std::filesystem::path& path, std::string_view content,
                          FileMode mode);

/// Creates the missing directories of `path`, each 0700 and on the disk before this returns.
Result<void> create_private_directories(const std::filesystem::path& path);

/// The path as a shell takes it, for a hint; the word FILE where it would have to be quoted.
std::string in_command(const std::filesystem::path& path);

}  // namespace applink
