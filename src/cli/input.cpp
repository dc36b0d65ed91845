#include "cli/input.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>

#include <fmt/format.h>
#include <unistd.h>

#include "applink/base/files.h"
#include "cli/terminal.h"

namespace applink::cli {
namespace {

/// In a buffer that never grows, so that no copy of a secret stays behind in freed memory.
Result<std::string> read_stdin(std::size_t limit) {
  std::string content(limit + 1, '\0');
  std::size_t filled = 0;
  while (filled < content.size()) {
    const auto got = ::read(STDIN_FILENO, content.data() + filled, content.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      const int error = errno;
      wipe(content);
      return fail(ErrorCode::failed,
                  fmt::format("could not read standard input: {}", std::strerror(error)),
                  "connect a file or a pipe to it");
    }
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  if (filled > limit) {
    wipe(content);
    return fail(ErrorCode::usage, fmt::format("standard input holds more than {} bytes", limit),
                "check that what you mean is connected to it");
  }
  content.resize(filled);
  return content;
}

}  // namespace

Result<std::string> read_input(const std::string& path_or_dash, std::size_t limit) {
  return path_or_dash == "-" ? read_stdin(limit) : read_file(path_or_dash, limit);
}

Result<Secret> read_secret_line(const std::string& path_or_dash, std::size_t limit) {
  TRY_ASSIGN(const Secret content, path_or_dash == "-" ? read_secret_from_stdin(limit)
                                                       : read_private_file(path_or_dash, limit));
  std::string_view line = content.reveal();
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return Secret(line);
}

Result<Secret> read_secret_from_stdin(std::size_t limit) {
  std::optional<EchoOff> unseen;
  if (::isatty(STDIN_FILENO) == 1) unseen.emplace(STDIN_FILENO);
  TRY_ASSIGN(std::string content, read_stdin(limit));
  return Secret::take(std::move(content));
}

}  // namespace applink::cli
