// Whatever the code of the executables frees is wiped, liboauth's and that of the C++ library's
// templates included: strings that a parser made of a secret on the way are no Secret.
#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>

#include <malloc.h>
#include <string.h>  // NOLINT(modernize-deprecated-headers): explicit_bzero is POSIX, not <cstring>

// The linker leads free() and realloc() here (--wrap), and __real_free() to the C library.
extern "C" {

void __real_free(void* memory);  // NOLINT(bugprone-reserved-identifier)

void __wrap_free(void* memory) {  // NOLINT(bugprone-reserved-identifier)
  if (memory == nullptr) return;
  ::explicit_bzero(memory, ::malloc_usable_size(memory));
  __real_free(memory);
}

void* __wrap_realloc(void* memory, std::size_t size) {  // NOLINT(bugprone-reserved-identifier)
  if (memory != nullptr && size != 0 && size <= ::malloc_usable_size(memory)) return memory;
  void* const made = std::malloc(size == 0 ? 1 : size);
  if (made == nullptr) return nullptr;
  if (memory != nullptr) {
    std::memcpy(made, memory, std::min(size, ::malloc_usable_size(memory)));
  }
  __wrap_free(memory);
  return made;
}

}  // extern "C"

// The other forms, but for those of over-aligned types, end in these.
void* operator new(std::size_t size) {
  if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}

void operator delete(void* memory) noexcept {
  std::free(memory);
}

void operator delete(void* memory, std::size_t /*size*/) noexcept {
  std::free(memory);
}
