// Reads up to a limit; what was read in vain is wiped.
#include "cli/input.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "applink/base/files.h"
#include "applink/base/text.h"
#include "cli/terminal.h"

namespace applink::cli {
namespace {

/// In a buffer that never grows, so that no copy of a secret stays behind in freed memory.
Result<std::string> read_open(int descriptor, const std::string& name, std::size_t limit) {
  std::string content(limit + 1, '\0');
  std::size_t filled = 0;
  while (filled < content.size()) {
    const auto got = ::read(descriptor, content.data() + filled, content.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      const int error = errno;
      wipe(content);
      return fail(ErrorCode::failed,
                  fmt::format("could not read {}: {}", name, std::strerror(error)),
                  "connect a file or a pipe to it");
    }
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  if (filled > limit) {
    wipe(content);
    return fail(ErrorCode::usage, fmt::format("{} holds more than {} bytes", name, limit),
                "check that what you mean is connected to it");
  }
  content.resize(filled);
  return content;
}

Result<std::string> read_stdin(std::size_t limit) {
  TRY(take_stdin());
  return read_open(STDIN_FILENO, "standard input", limit);
}

}  // namespace

Result<void> take_stdin() {
  static bool is_taken = false;
  if (std::exchange(is_taken, true)) {
    return fail(ErrorCode::usage, "standard input is meant twice, and is read once",
                "give one of the two another way: a file, a descriptor, or a command");
  }
  return {};
}

Result<std::string> read_input(const std::string& path_or_dash, std::size_t limit) {
  return path_or_dash == "-" ? read_stdin(limit) : read_file(path_or_dash, limit);
}

Result<Secret> one_line(const Secret& content) {
  std::string_view line = content.reveal();
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.empty()) {
    return fail(ErrorCode::failed, "nothing is there", "it takes a line that is not empty");
  }
  if (line.find('\n') != std::string_view::npos) {
    return fail(ErrorCode::failed, "more than one line is there",
                "name something that holds the secret alone, on one line");
  }
  return Secret(line);
}

Result<Secret> read_secret_line(const std::string& path_or_dash, std::size_t limit) {
  TRY_ASSIGN(const Secret content, path_or_dash == "-" ? read_secret_from_stdin(limit)
                                                       : read_private_file(path_or_dash, limit));
  return one_line(content);
}

Result<Secret> read_secret_from_stdin(std::size_t limit) {
  std::optional<EchoOff> unseen;
  if (::isatty(STDIN_FILENO) == 1) unseen.emplace(STDIN_FILENO);
  TRY_ASSIGN(std::string content, read_stdin(limit));
  return Secret::take(std::move(content));
}

Result<Secret> read_secret_from_descriptor(int descriptor, std::size_t limit) {
  if (descriptor == STDIN_FILENO) return read_secret_from_stdin(limit);
  TRY_ASSIGN(std::string content,
             read_open(descriptor, fmt::format("descriptor {}", descriptor), limit));
  return Secret::take(std::move(content));
}

Result<Secret> take_secret_from_environment(const std::string& name) {
  char* const value = std::getenv(name.c_str());
  if (value == nullptr || *value == '\0') {
    return fail(ErrorCode::usage, fmt::format("the variable {} is not set", terminal_safe(name)),
                "give its name alone, without $; and see that it is exported");
  }
  Secret secret{std::string_view(value)};
  ::explicit_bzero(value, secret.size());
  ::unsetenv(name.c_str());
  return secret;
}

}  // namespace applink::cli
