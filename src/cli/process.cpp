// Forbids core dumps and tracing, keeps the standard descriptors taken, masks the mode of files.
#include "cli/process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "applink/crypto/wiping_memory.h"
#include "cli/exit_status.h"

namespace applink::cli {
namespace {

/// A descriptor that was closed is opened the wrong way round: reading standard input and writing
/// standard output fail as they would have, and the number is not given to a database.
void keep_standard_descriptors() {
  for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) != -1) continue;
    const int mode = descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    if (::open("/dev/null", mode) != descriptor) std::_Exit(exit_bug);
  }
}

/// That this program ignores or acts upon.
constexpr std::array altered_signals{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGXFSZ};

std::vector<int> ignored_signals() {
  std::vector<int> ignored;
  for (const int signal : altered_signals) {
    struct sigaction action {};
    ::sigaction(signal, nullptr, &action);
    if (action.sa_handler == SIG_IGN) ignored.push_back(signal);
  }
  return ignored;
}

}  // namespace

Result<Inherited> harden_process() {
  keep_standard_descriptors();
  const rlimit none{0, 0};
  if (::prctl(PR_SET_DUMPABLE, 0) != 0 || ::setrlimit(RLIMIT_CORE, &none) != 0) {
    return fail(ErrorCode::failed,
                fmt::format("cannot keep secrets out of core files: {}", std::strerror(errno)),
                "whatever confines this process must allow prctl and prlimit");
  }
  // Where a library of somebody's has used OpenSSL before us, its memory stays as OpenSSL leaves
  // it.
  static_cast<void>(crypto::wipe_what_openssl_frees());
  Inherited inherited{::umask(077), ignored_signals()};
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  return inherited;
}

void give_back(const Inherited& inherited) {
  const auto& ignored = inherited.ignored;
  for (const int signal : altered_signals) {
    const bool was_ignored = std::find(ignored.begin(), ignored.end(), signal) != ignored.end();
    std::signal(signal, was_ignored ? SIG_IGN : SIG_DFL);
  }
  ::umask(inherited.mask);
}

}  // namespace applink::cli
