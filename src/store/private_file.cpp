// Owner, permissions and kind of a file, looked at without following it.
#include "store/private_file.h"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "applink/base/text.h"

namespace applink::store {
namespace {

namespace fs = std::filesystem;

// As a shell takes it back.
std::string quoted(const fs::path& path) {
  std::string text = "'";
  for (const char byte : path.string()) text += byte == '\'' ? "'\\''" : std::string(1, byte);
  return terminal_safe(text + "'");
}

fs::path beside(const fs::path& database, const char* suffix) {
  return fs::path(database) += suffix;
}

/// Whoever can write a directory can put another file in the place of one in it. Of a directory
/// with the sticky bit, as /tmp, that is its owner alone; where there is none, opening the file
/// says so.
Result<void> check_directory(const fs::path& directory, ErrorCode code) {
  struct stat status {};
  if (::stat(directory.c_str(), &status) != 0) return {};
  const std::string shown = terminal_safe(directory.string());
  if (status.st_uid != ::geteuid() && status.st_uid != 0) {
    return fail(
        code, fmt::format("the directory {} belongs to another user", shown),
        fmt::format("run applink as that user, or: chown {} {}", ::geteuid(), quoted(directory)));
  }
  const bool others_write = (status.st_mode & (S_IWGRP | S_IWOTH)) != 0;
  if (!others_write || (status.st_mode & S_ISVTX) != 0) return {};
  return fail(code, fmt::format("other users can write the directory {}", shown),
              fmt::format("chmod go-w {}", quoted(directory)));
}

}  // namespace

Result<Presence> check_private_file(const fs::path& path, ErrorCode code) {
  TRY(check_directory(path.has_parent_path() ? path.parent_path() : fs::path("."), code));
  const std::string shown = terminal_safe(path.string());
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) {
    const int reason = errno;
    if (reason == ENOENT) return Presence::missing;
    return fail(code, fmt::format("cannot look at {}: {}", shown, std::strerror(reason)),
                "check the permissions of its directory");
  }
  if (S_ISLNK(status.st_mode)) {
    return fail(code, fmt::format("{} is a symbolic link", shown),
                fmt::format("name the file itself: readlink -f {}", quoted(path)));
  }
  if (!S_ISREG(status.st_mode)) {
    return fail(code, fmt::format("{} is not a file", shown),
                "move it away, or name a store elsewhere with APPLINK_STORE");
  }
  if (status.st_uid != ::geteuid()) {
    return fail(
        code, fmt::format("{} belongs to another user", shown),
        fmt::format("run applink as that user, or: chown {} {}", ::geteuid(), quoted(path)));
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return fail(code, fmt::format("{} is open to other users", shown),
                fmt::format("chmod 600 {}", quoted(path)));
  }
  return Presence::present;
}

Result<Presence> check_database_files(const fs::path& database) {
  TRY_ASSIGN(Presence presence, check_private_file(database, ErrorCode::locked));
  for (const char* suffix : {"-wal", "-shm", "-journal"}) {
    TRY_ASSIGN(const Presence neighbour,
               check_private_file(beside(database, suffix), ErrorCode::locked));
    if (presence == Presence::present || neighbour == Presence::missing) continue;
    // Another process may have made the store since we looked.
    TRY_ASSIGN(presence, check_private_file(database, ErrorCode::locked));
    if (presence == Presence::present) continue;
    return fail(ErrorCode::failed,
                fmt::format("{} is there, and its database is not",
                            terminal_safe(beside(database, suffix).string())),
                fmt::format("put {} back in its place, or move that file away", quoted(database)));
  }
  return presence;
}

}  // namespace applink::store
