// Appending.
#include "sandbox/request_log.h"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "base/system_failure.h"

namespace applink::sandbox {

Result<std::shared_ptr<RequestLog>> RequestLog::open(const std::filesystem::path& path) {
  const int file = path == "-"
                       ? ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
                       : ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return system_failure("cannot open", path);
  return std::make_shared<RequestLog>(file);
}

void RequestLog::write(const nlohmann::json& record) {
  const std::string line =
      record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
  const std::lock_guard lock(mutex_);
  write_all(file_, line);
}

}  // namespace applink::sandbox
