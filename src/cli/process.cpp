#include "cli/process.h"

#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

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

}  // namespace

void harden_process() {
  keep_standard_descriptors();
  ::prctl(PR_SET_DUMPABLE, 0);
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::umask(077);
  std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace applink::cli
