// Asks by /dev/tty, without echo for secrets, and leaves the terminal as it was.
#include "cli/terminal.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <optional>

#include <fcntl.h>
#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include "applink/base/text.h"
#include "cli/exit_status.h"

namespace applink::cli {
namespace {

/// What the signal handler must put back; it can be handed nothing.
struct {
  volatile std::sig_atomic_t descriptor = -1;
  termios settings{};
} hidden;

void restore_echo() {
  if (hidden.descriptor < 0) return;
  ::tcsetattr(hidden.descriptor, TCSANOW, &hidden.settings);
  hidden.descriptor = -1;
}

/// A line for standard error, whole before its size is set: the handler may come at any moment.
struct {
  std::array<char, 1024> text{};
  std::atomic<std::size_t> size{0};
} farewell;
static_assert(std::atomic<std::size_t>::is_always_lock_free);

extern "C" void end_now(int) {
  restore_echo();
  // Nobody is left to tell where standard error does not take it.
  [[maybe_unused]] const auto written =
      ::write(STDERR_FILENO, farewell.text.data(), farewell.size.load());
  ::_exit(exit_interrupted);
}

constexpr std::size_t longest_typed_line = 4096;

class TerminalFile {
 public:
  TerminalFile() : descriptor_(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)) {}
  ~TerminalFile() {
    if (is_open()) ::close(descriptor_);
  }
  TerminalFile(const TerminalFile&) = delete;
  TerminalFile& operator=(const TerminalFile&) = delete;

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }

  [[nodiscard]] bool write(std::string_view text) const {
    return ::write(descriptor_, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  }

  [[nodiscard]] int descriptor() const { return descriptor_; }

  /// A terminal hands over whole lines; none at the end of input. The line never moves in memory,
  /// since it may be a secret.
  [[nodiscard]] std::optional<std::string> read_line() const {
    std::string line;
    line.reserve(longest_typed_line);
    char byte = 0;
    while (line.size() < longest_typed_line) {
      const auto got = ::read(descriptor_, &byte, 1);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0 && line.empty()) return std::nullopt;
      if (got <= 0 || byte == '\n') break;
      line += byte;
    }
    return line;
  }

 private:
  int descriptor_;
};

}  // namespace

bool Terminal::can_ask() const {
  return asking_ == Asking::allowed && TerminalFile().is_open();
}

Result<std::string> Terminal::ask(std::string_view question, std::string_view instead) const {
  return line_in_answer(question, instead, Echo::on);
}

Result<Secret> Terminal::ask_secret(std::string_view question, std::string_view instead) const {
  TRY_ASSIGN(std::string line, line_in_answer(question, instead, Echo::off));
  return Secret::take(std::move(line));
}

Result<std::string> Terminal::line_in_answer(std::string_view question, std::string_view instead,
                                             Echo echo) const {
  const auto nobody = [&](std::string_view why) {
    return fail(ErrorCode::usage, fmt::format("cannot ask \"{}\": {}", question, why),
                fmt::format("answer on the command line: {}", instead));
  };
  if (asking_ == Asking::forbidden) return nobody("--no-input forbids it");
  const TerminalFile terminal;
  if (!terminal.is_open()) return nobody("there is no terminal");
  std::optional<EchoOff> unseen;
  if (echo == Echo::off) unseen.emplace(terminal.descriptor());
  if (!terminal.write(fmt::format("{} ", question))) return nobody("there is no terminal");
  if (auto line = terminal.read_line()) return *std::move(line);
  return fail(ErrorCode::failed, fmt::format("no answer to \"{}\"", question),
              fmt::format("answer on the command line: {}", instead));
}

Result<void> Terminal::confirm(std::string_view question, std::string_view instead) const {
  TRY_ASSIGN(const std::string line, ask(fmt::format("{} [y/N]", question), instead));
  const std::string answer = to_lower_ascii(trim_ascii(line));
  if (answer == "y" || answer == "yes") return {};
  return fail(ErrorCode::failed, "nothing was done: the answer was no",
              fmt::format("answer y to do it, or say {}", instead));
}

EchoOff::EchoOff(int descriptor) {
  if (::tcgetattr(descriptor, &hidden.settings) != 0) return;
  sigset_t stop;
  ::sigemptyset(&stop);
  ::sigaddset(&stop, SIGTSTP);
  ::pthread_sigmask(SIG_BLOCK, &stop, &signals_before_);
  termios silent = hidden.settings;
  silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  silent.c_lflag |= ECHONL;
  hidden.descriptor = descriptor;
  ::tcsetattr(descriptor, TCSAFLUSH, &silent);
}

EchoOff::~EchoOff() {
  if (hidden.descriptor < 0) return;
  restore_echo();
  ::pthread_sigmask(SIG_SETMASK, &signals_before_, nullptr);
}

void advise_on_interrupt(std::string_view hint) {
  farewell.size = 0;
  if (hint.empty()) return;
  // On a line of its own: the terminal shows ^C, or a question stands there.
  const auto line = fmt::format("\napplink: hint: {}\n", hint);
  if (line.size() > farewell.text.size()) return;
  std::copy(line.begin(), line.end(), farewell.text.begin());
  farewell.size = line.size();
}

void end_on_interrupt() {
  struct sigaction action {};
  action.sa_handler = end_now;
  ::sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) ::sigaction(signal, &action, nullptr);
}

}  // namespace applink::cli
