// Where the name leads decides how it is written.
#include "applink/base/output_file.h"

#include <cerrno>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>

#include "applink/base/files.h"
#include "base/descriptor.h"
#include "base/system_failure.h"

namespace applink {
namespace {

namespace fs = std::filesystem;

struct Destination {
  fs::path path;
  std::optional<FileMode> mode;  ///< of the file that is put there; none: it is written to in place
};

/// Where the symbolic links end; nothing needs to be there.
fs::path followed(fs::path path) {
  constexpr int most_links = 40;  // as many as Linux follows
  for (int links = 0; links < most_links; ++links) {
    std::error_code no_link;
    const fs::path target = fs::read_symlink(path, no_link);
    if (no_link) break;
    path = path.parent_path() / target;
  }
  return path;
}

bool is_the_same(const fs::path& path, const struct stat& file) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && status.st_dev == file.st_dev &&
         status.st_ino == file.st_ino;
}

Result<Destination> destination_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) return system_failure("cannot write", path);
    return Destination{followed(path), FileMode::private_file};
  }
  if (S_ISDIR(status.st_mode)) {
    errno = EISDIR;
    return system_failure("cannot write", path);
  }
  auto file = followed(path);
  // The link /dev/stdout may lead to a file that has no name any more.
  if (!S_ISREG(status.st_mode) || !is_the_same(file, status)) {
    return Destination{path, std::nullopt};
  }
  return Destination{std::move(file), static_cast<FileMode>(status.st_mode & 0777)};
}

bool is_allowed(const fs::path& path, int access) {
  return ::faccessat(AT_FDCWD, path.c_str(), access, AT_EACCESS) == 0;
}

Result<void> write_in_place(const fs::path& path, std::string_view content) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_TRUNC | O_NOCTTY | O_CLOEXEC));
  if (file.is_open() && write_all(file, content)) return {};
  return system_failure("cannot write", path);
}

}  // namespace

Result<void> check_output(const fs::path& path) {
  TRY_ASSIGN(const Destination to, destination_of(path));
  if (!is_allowed(to.path, W_OK) && errno != ENOENT) return system_failure("cannot write", path);
  if (!to.mode) return {};
  const auto directory = to.path.has_parent_path() ? to.path.parent_path() : fs::path(".");
  if (!path.empty() && is_allowed(directory, W_OK | X_OK)) return {};
  return system_failure("cannot write", path);
}

Result<void> write_output(const fs::path& path, std::string_view content) {
  TRY_ASSIGN(const Destination to, destination_of(path));
  if (to.mode) return replace_file(to.path, content, *to.mode);
  return write_in_place(to.path, content);
}

}  // namespace applink
