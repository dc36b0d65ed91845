// A disk with one fault: LD_PRELOAD puts this in front of the C library. Of the calls on files
// whose path begins with $APPLINK_FAILING_PLACE, number $APPLINK_FAILING_CALL (from 0) fails with
// EIO and does nothing; its name goes into the file $APPLINK_FAILED_CALL.
#undef _FILE_OFFSET_BITS  // with it open() would be open64(), and both names are wanted
#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

int calls;

template <class Function>
Function next(const char* name) {
  const auto function = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
  if (function == nullptr) std::abort();
  return function;
}

bool is_of_the_store(std::string_view path) {
  const char* const place = std::getenv("APPLINK_FAILING_PLACE");
  return place != nullptr && path.starts_with(place);
}

void report(const char* name) {
  if (std::FILE* const file = std::fopen(std::getenv("APPLINK_FAILED_CALL"), "we")) {
    std::fputs(name, file);
    std::fclose(file);
  }
}

bool fails(const char* name, std::string_view path) {
  if (!is_of_the_store(path) || calls++ != std::atoi(std::getenv("APPLINK_FAILING_CALL"))) {
    return false;
  }
  report(name);
  errno = EIO;
  return true;
}

bool fails(const char* name, int descriptor) {
  std::array<char, 32> link{};
  std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", descriptor);
  std::array<char, 4096> path{};
  const int kept = errno;
  const ssize_t size = ::readlink(link.data(), path.data(), path.size());
  errno = kept;
  return size > 0 && fails(name, std::string_view(path.data(), static_cast<std::size_t>(size)));
}

// The argument behind `flags`, where there is one.
mode_t mode_in(int flags, va_list arguments) {
  return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(arguments, mode_t) : 0;
}

int open_file(const char* name, const char* path, int flags, va_list arguments) {
  if (fails(name, path)) return -1;
  return next<int (*)(const char*, int, ...)>(name)(path, flags, mode_in(flags, arguments));
}

int control(const char* name, int descriptor, int command, void* argument) {
  const bool locks = command == F_SETLK || command == F_SETLKW || command == F_GETLK;
  if (locks && fails(name, descriptor)) return -1;
  return next<int (*)(int, int, ...)>(name)(descriptor, command, argument);
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const int opened = open_file("open", path, flags, arguments);
  va_end(arguments);
  return opened;
}
int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const int opened = open_file("open64", path, flags, arguments);
  va_end(arguments);
  return opened;
}
int fcntl(int descriptor, int command, ...) {
  va_list arguments;
  va_start(arguments, command);
  void* const argument = va_arg(arguments, void*);
  va_end(arguments);
  return control("fcntl", descriptor, command, argument);
}
int fcntl64(int descriptor, int command, ...) {
  va_list arguments;
  va_start(arguments, command);
  void* const argument = va_arg(arguments, void*);
  va_end(arguments);
  return control("fcntl64", descriptor, command, argument);
}
ssize_t read(int file, void* bytes, size_t size) {
  if (fails("read", file)) return -1;
  return next<ssize_t (*)(int, void*, size_t)>("read")(file, bytes, size);
}
ssize_t write(int file, const void* bytes, size_t size) {
  if (fails("write", file)) return -1;
  return next<ssize_t (*)(int, const void*, size_t)>("write")(file, bytes, size);
}
ssize_t pread64(int file, void* bytes, size_t size, off64_t at) {
  if (fails("pread64", file)) return -1;
  return next<ssize_t (*)(int, void*, size_t, off64_t)>("pread64")(file, bytes, size, at);
}
ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
  if (fails("pwrite64", file)) return -1;
  return next<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64")(file, bytes, size, at);
}
int ftruncate64(int file, off64_t size) {
  if (fails("ftruncate64", file)) return -1;
  return next<int (*)(int, off64_t)>("ftruncate64")(file, size);
}
int fsync(int file) {
  if (fails("fsync", file)) return -1;
  return next<int (*)(int)>("fsync")(file);
}
int fdatasync(int file) {
  if (fails("fdatasync", file)) return -1;
  return next<int (*)(int)>("fdatasync")(file);
}
int fchmod(int file, mode_t mode) {
  if (fails("fchmod", file)) return -1;
  return next<int (*)(int, mode_t)>("fchmod")(file, mode);
}
int mkdir(const char* path, mode_t mode) {
  if (fails("mkdir", path)) return -1;
  return next<int (*)(const char*, mode_t)>("mkdir")(path, mode);
}
int unlink(const char* path) {
  if (fails("unlink", path)) return -1;
  return next<int (*)(const char*)>("unlink")(path);
}
int linkat(int from, const char* old, int to, const char* path, int flags) {
  if (fails("linkat", path)) return -1;
  return next<int (*)(int, const char*, int, const char*, int)>("linkat")(from, old, to, path,
                                                                          flags);
}
int renameat2(int from, const char* old, int to, const char* path, unsigned flags) {
  if (fails("renameat2", path)) return -1;
  return next<int (*)(int, const char*, int, const char*, unsigned)>("renameat2")(from, old, to,
                                                                                  path, flags);
}

}  // extern "C"
