// Anonymous files, and the exec that only they and the standard descriptors are kept open for.
#include "cli/curl_process.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "cli/child_environment.h"

namespace applink::cli {

Result<std::string> CurlProcess::hand_over(std::string_view content) {
  const auto& file = files_.emplace_back(file_in_memory(content));
  if (file.is_open()) return fmt::format("/dev/fd/{}", file.get());
  return fail(ErrorCode::failed,
              fmt::format("could not hand the arguments to curl: {}", std::strerror(errno)),
              "without --exec the command is printed");
}

Result<void> CurlProcess::become(const std::vector<std::string>& arguments,
                                 const Inherited& inherited) {
  std::vector<char*> argv{const_cast<char*>("curl")};
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  for (const auto& file : files_) ::fcntl(file.get(), F_SETFD, 0);
  give_back(inherited);
  ::execvpe(argv.front(), argv.data(), environment_for_others().data());
  return fail(ErrorCode::failed, fmt::format("could not start curl: {}", std::strerror(errno)),
              "is curl installed, and in PATH? without --exec its command is printed");
}

}  // namespace applink::cli
