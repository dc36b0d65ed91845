// Names for backups, none of them used twice.
#include "store/version_backup.h"

#include <fmt/format.h>

#include "applink/base/files.h"

namespace applink::store {
namespace {

namespace fs = std::filesystem;

/// Each is left by a process that was killed before it was done, and whose database was then
/// changed by an older applink.
constexpr int most_backups = 100;

fs::path backup_name(const fs::path& database, int format, int number) {
  const std::string suffix = number == 1 ? "" : fmt::format(".{}", number);
  return fs::path(database) += fmt::format(".format-{}{}", format, suffix);
}

}  // namespace

Result<fs::path> back_up_version(const fs::path& database, int format, std::string_view bytes) {
  for (int number = 1;; ++number) {
    fs::path path = backup_name(database, format, number);
    if (is_written_already(path, bytes, FileMode::private_file)) return path;
    const auto written = write_new_file(path, bytes, FileMode::private_file);
    if (written) return path;
    if (written.error().code != ErrorCode::conflict || number == most_backups) {
      return tl::unexpected(written.error());
    }
  }
}

}  // namespace applink::store
