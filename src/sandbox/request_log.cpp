// Appending.
#include "sandbox/request_log.h"

#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "base/system_failure.h"

namespace applink::sandbox {

namespace {

// A pipe that nobody reads must not hold up the start.
constexpr int flags =
    O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;

bool is_regular(int file) {
  struct stat status {};
  return ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
}

tl::unexpected<Error> no_file(const std::filesystem::path& path) {
  return fail(ErrorCode::failed,
              fmt::format("{} is no file that a log can be written to", shown(path)),
              "name the file itself, without symbolic links, or - for standard error");
}

}  // namespace

Result<std::shared_ptr<RequestLog>> RequestLog::open(const std::filesystem::path& path) {
  const bool is_named = path != "-";
  const int file =
      is_named ? ::open(path.c_str(), flags, 0600) : ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (file < 0 && (errno == ELOOP || errno == ENXIO)) return no_file(path);
  if (file < 0) return system_failure("cannot open", path);
  auto log = std::make_shared<RequestLog>(file);
  if (is_named && !is_regular(file)) return no_file(path);
  return log;
}

void RequestLog::write(const nlohmann::json& record) {
  const std::string line =
      record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
  const std::lock_guard lock(mutex_);
  write_all(file_, line);
}

}  // namespace applink::sandbox
