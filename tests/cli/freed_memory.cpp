// Looks for secrets in memory that goes back to the allocator: LD_PRELOAD puts this in front of the
// C library. $APPLINK_WATCHED_SECRETS names a file with a secret on each line, in hexadecimal; the
// number of each line that was found, from 0, is appended to $APPLINK_FOUND_SECRETS.
#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

namespace {

struct Watched {
  std::array<unsigned char, 64> bytes;
  std::size_t size;
};
// No constructors, no allocations: this runs before and after everything else in the process.
std::array<Watched, 64> watched;
std::size_t watched_count;
std::array<bool, 256> begins_one;
enum class State { unread, reading, ready };
State state;

template <class Function>
Function next(const char* name) {
  const auto function = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
  if (function == nullptr) std::abort();
  return function;
}

unsigned digit(char letter) {
  return static_cast<unsigned>(letter <= '9' ? letter - '0' : letter - 'a' + 10);
}

void add(const char* line) {
  if (watched_count == watched.size()) std::abort();
  Watched& secret = watched[watched_count++];
  secret.size = std::strcspn(line, "\n") / 2;
  if (secret.size == 0 || secret.size > secret.bytes.size()) std::abort();
  for (std::size_t i = 0; i < secret.size; ++i) {
    secret.bytes[i] = static_cast<unsigned char>(digit(line[2 * i]) << 4U | digit(line[2 * i + 1]));
  }
  begins_one[secret.bytes[0]] = true;
}

void read_watched() {
  state = State::reading;
  const char* const path = std::getenv("APPLINK_WATCHED_SECRETS");
  if (std::FILE* const file = path == nullptr ? nullptr : std::fopen(path, "re")) {
    std::array<char, 256> line{};
    while (std::fgets(line.data(), line.size(), file) != nullptr) add(line.data());
    std::fclose(file);
  }
  state = State::ready;
}

void report(std::size_t number) {
  const char* const path = std::getenv("APPLINK_FOUND_SECRETS");
  const int file =
      path == nullptr ? -1 : ::open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) std::abort();
  std::array<char, 32> line{};
  const int size = std::snprintf(line.data(), line.size(), "%zu\n", number);
  if (::write(file, line.data(), static_cast<std::size_t>(size)) != size) std::abort();
  ::close(file);
}

void look_from(const unsigned char* at, std::size_t left) {
  for (std::size_t i = 0; i < watched_count; ++i) {
    const Watched& secret = watched[i];
    if (secret.size <= left && std::memcmp(at, secret.bytes.data(), secret.size) == 0) report(i);
  }
}

// The derivation of a key from a passphrase frees a million pieces: most bytes begin no secret.
void look_at(void* memory) {
  if (memory == nullptr || state == State::reading) return;
  if (state == State::unread) read_watched();
  const auto* const bytes = static_cast<const unsigned char*>(memory);
  const std::size_t size = watched_count == 0 ? 0 : ::malloc_usable_size(memory);
  for (std::size_t i = 0; i < size; ++i) {
    if (begins_one[bytes[i]]) look_from(bytes + i, size - i);
  }
}

}  // namespace

extern "C" void free(void* memory) {
  static const auto real = next<void (*)(void*)>("free");
  look_at(memory);
  real(memory);
}

extern "C" void* realloc(void* memory, std::size_t size) {
  static const auto real = next<void* (*)(void*, std::size_t)>("realloc");
  if (memory != nullptr && size > ::malloc_usable_size(memory)) look_at(memory);
  return real(memory, size);
}
