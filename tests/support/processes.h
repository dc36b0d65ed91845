// Work done in other processes: many at once, as an ordinary user, killed on the way.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace applink::test {

/// How a child ended, as waitpid() says it.
inline int wait_for(pid_t child) {
  int status = 0;
  if (::waitpid(child, &status, 0) != child) throw std::runtime_error("waitpid");
  return status;
}

inline bool did_well(int status) {
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// Runs `work` in a child, which ends with 0 where it returned true.
inline pid_t start_process(const std::function<bool()>& work) {
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("fork");
  if (child == 0) ::_exit(work() ? 0 : 1);
  return child;
}

/// Starts `count` processes that begin at the same moment; how many of them did well.
inline int run_at_once(int count, const std::function<bool(int number)>& work) {
  int gate[2] = {};
  if (::pipe(gate) != 0) throw std::runtime_error("pipe");
  std::vector<pid_t> children;
  for (int number = 0; number < count; ++number) {
    children.push_back(start_process([&, number] {
      ::close(gate[1]);
      char ignored = 0;
      while (::read(gate[0], &ignored, 1) > 0) {
      }
      return work(number);
    }));
  }
  ::close(gate[0]);
  ::close(gate[1]);
  int good = 0;
  for (const pid_t child : children) good += did_well(wait_for(child)) ? 1 : 0;
  return good;
}

/// Runs `work` without root's power over permissions: where the tests run as root, everything in
/// `directory` is first given to the user "nobody", and the child becomes that user.
inline bool run_as_ordinary_user(const std::filesystem::path& directory,
                                 const std::function<bool()>& work) {
  constexpr uid_t nobody = 65534;
  const bool root = ::geteuid() == 0;
  if (root) {
    if (::chown(directory.c_str(), nobody, nobody) != 0) throw std::runtime_error("chown");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
      if (::lchown(entry.path().c_str(), nobody, nobody) != 0) throw std::runtime_error("lchown");
    }
  }
  return did_well(wait_for(start_process([&] {
    if (root && (::setgid(nobody) != 0 || ::setuid(nobody) != 0)) return false;
    return work();
  })));
}

}  // namespace applink::test
