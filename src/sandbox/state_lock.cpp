// flock(2) on a file beside the state file.
#include "sandbox/state_lock.h"

#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "base/system_failure.h"

namespace applink::sandbox {
namespace {

namespace fs = std::filesystem;

// A link would be replaced by a file, and a device is nothing to come back to.
Result<void> check_regular(const fs::path& path) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0) {
    if (errno == ENOENT) return {};
    return system_failure("cannot open", path);
  }
  if (S_ISREG(found.st_mode)) return {};
  return fail(ErrorCode::failed,
              fmt::format("{} is {} and no file that tokens could be kept in", shown(path),
                          S_ISLNK(found.st_mode)   ? "a symbolic link"
                          : S_ISDIR(found.st_mode) ? "a directory"
                                                   : "a device or a pipe"),
              "name a file with --state, or one that does not exist yet");
}

}  // namespace

Result<StateLock> lock_state_file(const fs::path& state_file) {
  TRY(check_regular(state_file));
  fs::path path = state_file;
  path += ".lock";
  auto file = std::make_shared<const Descriptor>(
      ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file->is_open()) return system_failure("cannot open", path);
  if (::flock(file->get(), LOCK_EX | LOCK_NB) == 0) return StateLock(std::move(file));
  if (errno != EWOULDBLOCK) return system_failure("cannot lock", path);
  return fail(ErrorCode::failed, fmt::format("another sandbox works on {}", shown(state_file)),
              "end that one, or name another file with --state");
}

}  // namespace applink::sandbox
