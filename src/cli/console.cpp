// Writes, and notices where what was written did not arrive.
#include "cli/console.h"

#include <cerrno>
#include <cstring>
#include <string>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/layout.h"

namespace applink::cli {
namespace {

constexpr std::string_view red = "1;31";
constexpr std::string_view yellow = "1;33";
constexpr std::string_view cyan = "36";

/// 0, or the errno of the write that failed.
int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// There is nobody left to tell where standard error does not take a line.
void write_line_to_stderr(std::string_view line) {
  write_all(STDERR_FILENO, fmt::format("{}\n", line));
}

}  // namespace

Result<void> Console::answer(std::string_view bytes) {
  if (const int error = write_all(STDOUT_FILENO, bytes); error != 0) {
    return fail(ErrorCode::failed,
                fmt::format("could not write to standard output: {}", std::strerror(error)),
                "check the disk, or the program at the other end of the pipe");
  }
  return {};
}

void Console::narrate(std::string_view line) {
  if (narration_ == Narration::told) write_line_to_stderr(line);
}

void Console::insist(std::string_view line) {
  write_line_to_stderr(line);
}

void Console::warn(std::string_view message) {
  label("warning", yellow, message);
}

void Console::warn(const Error& error) {
  warn(error.message);
  advise(error.hint);
}

void Console::show_progress(std::string_view line) {
  if (narration_ != Narration::told || ::isatty(STDERR_FILENO) != 1) return;
  // A line that wraps could not be taken back. A terminal does not wrap its last column either.
  const std::string_view shown = line.substr(0, width().value_or(80) - 1);
  write_all(STDERR_FILENO, fmt::format("\r{}\x1b[K", shown));
}

void Console::complain(const Error& error) {
  label("error", red, error.message);
  advise(error.hint);
}

bool Console::answers_to_terminal() {
  return ::isatty(STDOUT_FILENO) == 1;
}

bool Console::colored() const {
  return always_colored() || (color_ == Color::automatic && ::isatty(STDERR_FILENO) == 1);
}

bool Console::answer_colored() const {
  return always_colored() || (color_ == Color::automatic && answers_to_terminal());
}

std::optional<std::size_t> Console::width() {
  winsize size{};
  if (::isatty(STDERR_FILENO) != 1) return std::nullopt;
  // A terminal that does not know its size is taken for the usual one.
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

// Hints alone are broken into lines: they are our prose. Messages quote foreign text, in which no
// blank may become a line's end.
void Console::advise(std::string_view hint) {
  constexpr std::string_view lead = "applink: hint: ";
  if (hint.empty()) return;
  const auto columns = width();
  label("hint", cyan, columns ? wrapped(hint, lead.size(), *columns) : std::string(hint));
}

void Console::label(std::string_view word, std::string_view color_code, std::string_view text) {
  write_line_to_stderr(colored()
                           ? fmt::format("applink: \x1b[{}m{}:\x1b[0m {}", color_code, word, text)
                           : fmt::format("applink: {}: {}", word, text));
}

}  // namespace applink::cli
