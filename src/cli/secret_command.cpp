// Runs another program without a shell, and keeps what it prints in memory that is wiped.
#include "cli/secret_command.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "applink/base/text.h"
#include "base/descriptor.h"
#include "cli/child_environment.h"

namespace applink::cli {
namespace {

using SteadyClock = std::chrono::steady_clock;

tl::unexpected<Error> could_not(std::string_view what, const std::string& program, int reason) {
  return fail(
      ErrorCode::failed,
      fmt::format("could not {} {}: {}", what, terminal_safe(program), std::strerror(reason)),
      "check its name, and that it can be run: it is started without a shell");
}

/// What posix_spawn is told; its parts cannot fail but for lack of memory.
class Spawning {
 public:
  Spawning(const Descriptor& input, const Descriptor& output) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_adddup2(&actions_, input.get(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, output.get(), STDOUT_FILENO);
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    // What this process ignores or holds back is not for others.
    sigset_t all;
    sigset_t none;
    ::sigfillset(&all);
    ::sigemptyset(&none);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  ~Spawning() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  Spawning(const Spawning&) = delete;
  Spawning& operator=(const Spawning&) = delete;

  [[nodiscard]] Result<pid_t> start(const std::vector<std::string>& words) const {
    std::vector<char*> argv;
    argv.reserve(words.size() + 1);
    for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    pid_t child = 0;
    const int error = ::posix_spawnp(&child, argv.front(), &actions_, &attributes_, argv.data(),
                                     environment_for_others().data());
    if (error != 0) return could_not("start", words.front(), error);
    return child;
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

/// A process of ours; whoever forgets it has it killed.
class Child {
 public:
  explicit Child(pid_t pid)
      : pid_(pid), handle_(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))) {}
  ~Child() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    reap();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  [[nodiscard]] const Descriptor& handle() const { return handle_; }

  /// Waits for its end; the status as waitpid(2) has it.
  int reap() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
    pid_ = 0;
    return status;
  }

 private:
  pid_t pid_;
  Descriptor handle_;
};

/// In a buffer that never grows, so that no copy of a secret stays behind in freed memory.
class Collected {
 public:
  explicit Collected(std::size_t limit) : bytes_(limit + 1, '\0') {}
  ~Collected() { wipe(bytes_); }
  Collected(const Collected&) = delete;
  Collected& operator=(const Collected&) = delete;

  /// Takes what is there; false where there will be nothing more.
  bool read_from(const Descriptor& pipe) {
    while (filled_ < bytes_.size()) {
      const ssize_t got = ::read(pipe.get(), bytes_.data() + filled_, bytes_.size() - filled_);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return errno == EAGAIN;
      if (got == 0) return false;
      filled_ += static_cast<std::size_t>(got);
    }
    return false;
  }

  [[nodiscard]] bool overflows() const { return filled_ == bytes_.size(); }
  [[nodiscard]] Secret secret() const {
    return Secret(std::string_view(bytes_).substr(0, filled_));
  }

 private:
  std::string bytes_;
  std::size_t filled_ = 0;
};

enum class Waited { something_happened, too_long };

/// For the child's end and, where it is still of interest, for the pipe.
Waited wait_for(const Descriptor* pipe, const Child& child, SteadyClock::time_point deadline) {
  // poll(2) passes over a descriptor that is negative.
  std::array<pollfd, 2> watched{pollfd{pipe == nullptr ? -1 : pipe->get(), POLLIN, 0},
                                pollfd{child.handle().get(), POLLIN, 0}};
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - SteadyClock::now()).count();
    if (left <= 0) return Waited::too_long;
    if (::poll(watched.data(), watched.size(), static_cast<int>(left)) > 0) {
      return Waited::something_happened;
    }
  }
}

bool has_ended(const Child& child) {
  pollfd watched{child.handle().get(), POLLIN, 0};
  return ::poll(&watched, 1, 0) > 0;
}

Result<void> check_end(int status, const std::string& program) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  const auto how = WIFEXITED(status) ? fmt::format("status {}", WEXITSTATUS(status))
                                     : fmt::format("signal {}", WTERMSIG(status));
  return fail(ErrorCode::failed, fmt::format("{} ended with {}", terminal_safe(program), how),
              "run the command by hand, to see what it lacks");
}

tl::unexpected<Error> took_too_long(const std::string& program,
                                    std::chrono::milliseconds patience) {
  return fail(ErrorCode::failed,
              fmt::format("{} took longer than {} s", terminal_safe(program),
                          std::chrono::ceil<std::chrono::seconds>(patience).count()),
              "run the command by hand, to see what it waits for");
}

/// What it prints until its end; one that closes its output has not ended by that.
Result<Secret> collect(const Descriptor& pipe, const Child& child, const std::string& program,
                       std::size_t limit, std::chrono::milliseconds patience) {
  const auto deadline = SteadyClock::now() + patience;
  Collected collected(limit);
  bool prints = true;
  for (bool ended = false; !ended;) {
    if (wait_for(prints ? &pipe : nullptr, child, deadline) == Waited::too_long) {
      return took_too_long(program, patience);
    }
    // Asked before the pipe is read: what it printed before its end is in the pipe then.
    ended = has_ended(child);
    prints = prints && collected.read_from(pipe);
    if (collected.overflows()) {
      return fail(ErrorCode::failed,
                  fmt::format("{} prints more than {} bytes", terminal_safe(program), limit),
                  "name a command that prints the secret alone");
    }
  }
  return collected.secret();
}

}  // namespace

Result<Secret> output_of(const std::vector<std::string>& words, std::size_t limit,
                         std::chrono::milliseconds patience, std::string_view input) {
  const Descriptor given = file_in_memory(input);
  if (!given.is_open()) return could_not("hand its input to", words.front(), errno);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    return could_not("make a pipe for", words.front(), errno);
  const Descriptor reading(ends[0]);
  std::optional<Descriptor> writing(std::in_place, ends[1]);
  TRY_ASSIGN(const pid_t pid, Spawning(given, *writing).start(words));
  Child child(pid);
  writing.reset();
  if (::fcntl(reading.get(), F_SETFL, O_NONBLOCK) != 0 || !child.handle().is_open()) {
    return could_not("watch", words.front(), errno);
  }
  TRY_ASSIGN(Secret secret, collect(reading, child, words.front(), limit, patience));
  TRY(check_end(child.reap(), words.front()));
  return secret;
}

}  // namespace applink::cli
