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

}  // namespace

Result<Presence> check_private_file(const fs::path& path, ErrorCode code) {
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
  TRY_ASSIGN(Presence presence, check_private_file(database, ErrorCode::failed));
  for (const char* suffix : {"-wal", "-shm"}) {
    TRY_ASSIGN(const Presence neighbour,
               check_private_file(beside(database, suffix), ErrorCode::failed));
    if (presence == Presence::present || neighbour == Presence::missing) continue;
    // Another process may have made the store since we looked.
    TRY_ASSIGN(presence, check_private_file(database, ErrorCode::failed));
    if (presence == Presence::present) continue;
    return fail(ErrorCode::failed,
                fmt::format("{} is there, and its database is not",
                            terminal_safe(beside(database, suffix).string())),
                fmt::format("put {} back in its place, or move that file away", quoted(database)));
  }
  return presence;
}

}  // namespace applink::store
