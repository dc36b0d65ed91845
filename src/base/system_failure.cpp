// errno in words, each with what helps.
#include "base/system_failure.h"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "applink/base/text.h"

namespace applink {
namespace {

std::string remedy(int reason) {
  switch (reason) {
    case ENOENT:
    case ENOTDIR:
      return "check its spelling, and that the directory exists";
    case EACCES:
    case EPERM:
      return "check who may read and write it: ls -ld shows that of a file and of its directory";
    case EROFS:
      return "the file system is read-only: choose another place";
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return "make room, or choose another place";
    case ENAMETOOLONG:
      return "choose a shorter name";
    case EISDIR:
      return "that is a directory: name a file in it";
    case ELOOP:
      return "symbolic links lead in a circle there: ls -l shows where they point";
    default:
      return "check the file, its directory and its file system";
  }
}

}  // namespace

std::string shown(const std::filesystem::path& path) {
  return terminal_safe(path.string());
}

tl::unexpected<Error> system_failure(std::string_view what, const std::filesystem::path& path) {
  const int reason = errno;
  return fail(ErrorCode::failed, fmt::format("{} {}: {}", what, shown(path), std::strerror(reason)),
              remedy(reason));
}

}  // namespace applink
