// Ends an applink with SIGKILL at a moment of its life: LD_PRELOAD puts this in front of the C
// library. A moment is before or behind a call by which the process changes the disk or what it
// shares with others, tells somebody something, or hears it.
//
//     APPLINK_KILL_AT=N    at the N-th moment
//     APPLINK_KILL_CPU=N   when it has used N nanoseconds of processor time
//     APPLINK_LIFE=FILE    at its end "MOMENTS NANOSECONDS" are written there
//
// Other programs that it starts, a browser for one, inherit the variables and live on.
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

constexpr long nanoseconds_per_second = 1'000'000'000;

// Process-wide, for it is the process that ends.
pid_t counted_process = 0;
long moments = 0;
long last_moment = 0;

template <class Function>
Function next(Function, const char* name) {
  const auto function = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
  if (function == nullptr) std::abort();
  return function;
}

long number_in(const char* variable) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? 0 : std::strtol(text, nullptr, 10);
}

void moment() {
  if (::getpid() != counted_process) return;
  if (++moments == last_moment) ::kill(counted_process, SIGKILL);
}

// What the C library's function of this name does, between two moments.
template <class Function, class... Arguments>
auto between_moments(Function function, const char* name, Arguments... arguments) {
  moment();
  const auto answer = next(function, name)(arguments...);
  const int reason = errno;
  moment();
  errno = reason;
  return answer;
}

void end_after(long nanoseconds) {
  sigevent event{};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGKILL;
  timer_t timer{};
  itimerspec at{};
  at.it_value = {nanoseconds / nanoseconds_per_second, nanoseconds % nanoseconds_per_second};
  if (::timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer) != 0 ||
      ::timer_settime(timer, TIMER_ABSTIME, &at, nullptr) != 0) {
    std::abort();
  }
}

__attribute__((constructor)) void begin() {
  if (std::strncmp(program_invocation_short_name, "applink", std::strlen("applink")) != 0) return;
  counted_process = ::getpid();
  last_moment = number_in("APPLINK_KILL_AT");
  if (const long nanoseconds = number_in("APPLINK_KILL_CPU"); nanoseconds > 0) {
    end_after(nanoseconds);
  }
}

__attribute__((destructor)) void end() {
  const char* const path = std::getenv("APPLINK_LIFE");
  if (path == nullptr || ::getpid() != counted_process) return;
  timespec used{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  if (std::FILE* const file = std::fopen(path, "we")) {
    std::fprintf(file, "%ld %ld\n", moments, used.tv_sec * nanoseconds_per_second + used.tv_nsec);
    std::fclose(file);
  }
}

bool makes_a_file(int flags) {
  return (flags & (O_CREAT | O_TRUNC)) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
}

// Opens between two moments where it makes a file, and else as if nothing was here.
template <class Function>
int opened(Function function, const char* name, const char* path, int flags, mode_t mode) {
  if (makes_a_file(flags)) return between_moments(function, name, path, flags, mode);
  return next(function, name)(path, flags, mode);
}

template <class Function, class Offset>
void* mapped(Function function, const char* name, void* address, size_t size, int protection,
             int flags, int file, Offset at) {
  if ((flags & MAP_SHARED) == 0)
    return next(function, name)(address, size, protection, flags, file, at);
  return between_moments(function, name, address, size, protection, flags, file, at);
}

}  // namespace

extern "C" {

ssize_t write(int file, const void* bytes, size_t size) {
  return between_moments(&::write, "write", file, bytes, size);
}
ssize_t writev(int file, const iovec* parts, int count) {
  return between_moments(&::writev, "writev", file, parts, count);
}
ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
  return between_moments(&::pwrite, "pwrite", file, bytes, size, at);
}
ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
  return between_moments(&::pwrite64, "pwrite64", file, bytes, size, at);
}
int fsync(int file) {
  return between_moments(&::fsync, "fsync", file);
}
int fdatasync(int file) {
  return between_moments(&::fdatasync, "fdatasync", file);
}
int ftruncate(int file, off_t size) {
  return between_moments(&::ftruncate, "ftruncate", file, size);
}
int ftruncate64(int file, off64_t size) {
  return between_moments(&::ftruncate64, "ftruncate64", file, size);
}
int fchmod(int file, mode_t mode) {
  return between_moments(&::fchmod, "fchmod", file, mode);
}
int mkdir(const char* path, mode_t mode) {
  return between_moments(&::mkdir, "mkdir", path, mode);
}
int mkostemp(char* path, int flags) {
  return between_moments(&::mkostemp, "mkostemp", path, flags);
}
int link(const char* from, const char* to) {
  return between_moments(&::link, "link", from, to);
}
int linkat(int from_directory, const char* from, int to_directory, const char* to, int flags) {
  return between_moments(&::linkat, "linkat", from_directory, from, to_directory, to, flags);
}
int unlink(const char* path) {
  return between_moments(&::unlink, "unlink", path);
}
int rename(const char* from, const char* to) {
  return between_moments(&::rename, "rename", from, to);
}
int renameat2(int from_directory, const char* from, int to_directory, const char* to,
              unsigned flags) {
  return between_moments(&::renameat2, "renameat2", from_directory, from, to_directory, to, flags);
}
void* mmap(void* address, size_t size, int protection, int flags, int file, off_t at) {
  return mapped(&::mmap, "mmap", address, size, protection, flags, file, at);
}
void* mmap64(void* address, size_t size, int protection, int flags, int file, off64_t at) {
  return mapped(&::mmap64, "mmap64", address, size, protection, flags, file, at);
}
int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = makes_a_file(flags) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return opened(&::open, "open", path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = makes_a_file(flags) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return opened(&::open64, "open64", path, flags, mode);
}
ssize_t send(int socket, const void* bytes, size_t size, int flags) {
  return between_moments(&::send, "send", socket, bytes, size, flags);
}
ssize_t recv(int socket, void* bytes, size_t size, int flags) {
  return between_moments(&::recv, "recv", socket, bytes, size, flags);
}

}  // extern "C"
