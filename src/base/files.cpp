// POSIX calls behind files.h; every failure names the path and the system's reason.
#include "applink/base/files.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "applink/base/text.h"

namespace applink {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  [[nodiscard]] int get() const { return value_; }
  [[nodiscard]] bool is_open() const { return value_ >= 0; }

 private:
  int value_;
};

std::string shown(const fs::path& path) {
  return terminal_safe(path.string());
}

tl::unexpected<Error> system_failure(std::string_view what, const fs::path& path,
                                     std::string hint = {}) {
  const int reason = errno;
  return fail(ErrorCode::failed, fmt::format("{} {}: {}", what, shown(path), std::strerror(reason)),
              std::move(hint));
}

Result<std::string> read_descriptor(int descriptor, const fs::path& path, std::size_t limit) {
  std::string content(limit + 1, '\0');
  std::size_t size = 0;
  while (size < content.size()) {
    const ssize_t count = ::read(descriptor, content.data() + size, content.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      wipe(content);
      return system_failure("cannot read", path);
    }
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  if (size > limit) {
    wipe(content);
    return fail(ErrorCode::failed, fmt::format("{} is larger than {} bytes", shown(path), limit));
  }
  content.resize(size);
  return content;
}

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = ::write(descriptor, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
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

bool sync_directory(const fs::path& directory) {
  const Descriptor opened(
      ::open(directory.empty() ? "." : directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return opened.is_open() && ::fsync(opened.get()) == 0;
}

// Writes a file without a name of its own, then gives it one; errno says why it could not.
bool write_and_name(const fs::path& path, std::string_view content, FileMode mode,
                    bool (*give_name)(const std::string&, const fs::path&)) {
  std::string temporary = (path.parent_path() / ".applink-XXXXXX").string();
  const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!file.is_open()) return false;
  const bool whole = ::fchmod(file.get(), static_cast<mode_t>(mode)) == 0 &&
                     write_all(file.get(), content) && ::fsync(file.get()) == 0;
  if (whole && give_name(temporary, path) && sync_directory(path.parent_path())) return true;
  const int reason = errno;
  ::unlink(temporary.c_str());
  errno = reason;
  return false;
}

}  // namespace

Result<std::string> read_file(const fs::path& path, std::size_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!file.is_open()) return system_failure("cannot open", path);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return system_failure("cannot open", path);
  if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode)) {
    return fail(ErrorCode::failed, fmt::format("{} is not a file", shown(path)));
  }
  return read_descriptor(file.get(), path, limit);
}

Result<Secret> read_secret_file(const fs::path& path, std::size_t limit) {
  TRY_ASSIGN(auto content, read_file(path, limit));
  return Secret::take(std::move(content));
}

Result<void> write_new_file(const fs::path& path, std::string_view content, FileMode mode) {
  if (write_and_name(path, content, mode, rename_to_new)) return {};
  if (errno != EEXIST) return system_failure("cannot write", path);
  return fail(ErrorCode::conflict, fmt::format("{} exists, and is not overwritten", shown(path)),
              "choose another name, or move that file away");
}

Result<void> replace_file(const fs::path& path, std::string_view content, FileMode mode) {
  if (write_and_name(path, content, mode, rename_over)) return {};
  return system_failure("cannot write", path);
}

Result<void> create_private_directories(const fs::path& path) {
  fs::path so_far;
  for (const fs::path& part : path) {
    so_far /= part;
    if (::mkdir(so_far.c_str(), 0700) == 0 || errno == EEXIST || errno == EISDIR) continue;
    std::error_code ignored;
    if (fs::is_directory(so_far, ignored)) continue;  // a read-only parent that has it already
    return system_failure("cannot create directory", so_far);
  }
  std::error_code failure;
  if (path.empty() || fs::is_directory(path, failure)) return {};
  return fail(ErrorCode::failed, fmt::format("{} is not a directory", shown(path)));
}

Result<bool> readable_by_others(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return system_failure("cannot look at", path);
  return (status.st_mode & (S_IRGRP | S_IROTH)) != 0;
}

}  // namespace applink
