// A second name for the old file before the new one takes the first.
#include "applink/base/backup.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "applink/base/signals.h"
#include "base/system_failure.h"

namespace applink {
namespace {

namespace fs = std::filesystem;

Result<fs::path> backup_of(const fs::path& path) {
  constexpr int most_backups = 10'000;
  for (int number = 1; number <= most_backups; ++number) {
    fs::path backup = path;
    backup += fmt::format(".~{}~", number);
    // A hard link: it never takes the place of another file, and `path` stays where it is.
    if (::linkat(AT_FDCWD, path.c_str(), AT_FDCWD, backup.c_str(), 0) == 0) return backup;
    if (errno != EEXIST) break;
  }
  return system_failure("cannot keep what is in", path);
}

}  // namespace

Result<std::optional<fs::path>> replace_keeping_backup(const fs::path& path,
                                                       std::string_view content, FileMode mode) {
  const SignalsHeld until_both_have_their_names;
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) return system_failure("cannot write", path);
    TRY(write_new_file(path, content, mode));
    return std::nullopt;
  }
  if (!S_ISREG(status.st_mode)) {
    return fail(ErrorCode::conflict,
                fmt::format("{} is not a file that can be replaced", shown(path)),
                "choose another name");
  }
  TRY_ASSIGN(const fs::path backup, backup_of(path));
  if (auto replaced = replace_file(path, content, mode); !replaced) {
    ::unlink(backup.c_str());
    return tl::unexpected(std::move(replaced).error());
  }
  return backup;
}

Result<WrittenFile> write_file(const fs::path& path, std::string_view content, FileMode mode,
                               Existing existing) {
  if (existing == Existing::refused) {
    TRY(write_new_file(path, content, mode));
    return WrittenFile{path, std::nullopt};
  }
  TRY_ASSIGN(auto backup, replace_keeping_backup(path, content, mode));
  return WrittenFile{path, std::move(backup)};
}

}  // namespace applink
