// Writing files: whole under their name, or not at all.
#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "applink/base/files.h"
#include "applink/base/signals.h"
#include "base/descriptor.h"
#include "base/system_failure.h"

namespace applink {
namespace {

namespace fs = std::filesystem;

bool fill(const Descriptor& file, std::string_view content, FileMode mode) {
  return ::fchmod(file.get(), static_cast<mode_t>(mode)) == 0 && write_all(file, content) &&
         ::fsync(file.get()) == 0;
}

fs::path directory_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

bool sync_directory(const fs::path& directory) {
  const Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return opened.is_open() && ::fsync(opened.get()) == 0;
}

void remove_keeping_errno(const char* path) {
  const int reason = errno;
  ::unlink(path);
  errno = reason;
}

enum class Written { yes, no, not_supported };

// A file that has no name until it is whole: not even SIGKILL leaves anything behind.
Written write_nameless(const fs::path& path, std::string_view content, FileMode mode) {
  const Descriptor file(::open(directory_of(path).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
  if (!file.is_open()) return Written::not_supported;
  if (!fill(file, content, mode)) return Written::no;
  const auto itself = fmt::format("/proc/self/fd/{}", file.get());
  if (::linkat(AT_FDCWD, itself.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) == 0) {
    return Written::yes;
  }
  return errno == EEXIST ? Written::no : Written::not_supported;
}

// The name appears with the whole content or not at all, and never in place of another file.
bool rename_to_new(const std::string& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  // A file system without that flag (NFS): a hard link refuses an existing name as well.
  return ::link(from.c_str(), to.c_str()) == 0 && ::unlink(from.c_str()) == 0;
}

bool rename_over(const std::string& from, const fs::path& to) {
  return ::rename(from.c_str(), to.c_str()) == 0;
}

// Writes under a passing name, then gives the real one; errno says why it could not.
bool write_and_rename(const fs::path& path, std::string_view content, FileMode mode,
                      bool (*give_name)(const std::string&, const fs::path&)) {
  std::string temporary = (path.parent_path() / ".applink-XXXXXX").string();
  const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!file.is_open()) return false;
  if (fill(file, content, mode) && give_name(temporary, path)) return true;
  remove_keeping_errno(temporary.c_str());
  return false;
}

bool write_new(const fs::path& path, std::string_view content, FileMode mode) {
  Written written = write_nameless(path, content, mode);
  if (written == Written::not_supported) {
    const bool whole = write_and_rename(path, content, mode, rename_to_new);
    written = whole ? Written::yes : Written::no;
  }
  if (written == Written::no) return false;
  if (sync_directory(directory_of(path))) return true;
  remove_keeping_errno(path.c_str());
  return false;
}

bool replace(const fs::path& path, std::string_view content, FileMode mode) {
  const SignalsHeld until_it_has_its_name;
  return write_and_rename(path, content, mode, rename_over) && sync_directory(directory_of(path));
}

}  // namespace

Result<void> write_new_file(const fs::path& path, std::string_view content, FileMode mode) {
  const SignalsHeld until_it_has_its_name;
  if (write_new(path, content, mode)) return {};
  if (errno != EEXIST) return system_failure("cannot write", path);
  return fail(ErrorCode::conflict, fmt::format("{} exists, and is not overwritten", shown(path)),
              "choose another name, or move that file away");
}

Result<void> replace_file(const fs::path& path, std::string_view content, FileMode mode) {
  if (replace(path, content, mode)) return {};
  return system_failure("cannot write", path);
}

Result<void> create_private_directories(const fs::path& path) {
  fs::path so_far;
  for (const fs::path& part : path) {
    so_far /= part;
    if (::mkdir(so_far.c_str(), 0700) == 0) {
      const bool is_private = ::chmod(so_far.c_str(), 0700) == 0;  // whatever the umask
      if (is_private && sync_directory(directory_of(so_far))) continue;
      return system_failure("cannot create directory", so_far);
    }
    if (errno == EEXIST || errno == EISDIR) continue;
    const int reason = errno;
    std::error_code ignored;
    if (fs::is_directory(so_far, ignored)) continue;  // a read-only parent that has it already
    errno = reason;
    return system_failure("cannot create directory", so_far);
  }
  std::error_code failure;
  if (path.empty() || fs::is_directory(path, failure)) return {};
  return fail(ErrorCode::failed, fmt::format("{} is not a directory", shown(path)),
              "choose another name, or move that file away");
}

}  // namespace applink
