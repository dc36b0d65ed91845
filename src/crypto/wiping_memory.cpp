// An allocator for OpenSSL that wipes what comes back to it.
#include "applink/crypto/wiping_memory.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include <malloc.h>
#include <openssl/crypto.h>

namespace applink::crypto {
namespace {

void* allocate(std::size_t size, const char* /*file*/, int /*line*/) {
  return size == 0 ? nullptr : std::malloc(size);
}

void wipe_and_free(void* memory, const char* /*file*/, int /*line*/) {
  if (memory == nullptr) return;
  ::OPENSSL_cleanse(memory, ::malloc_usable_size(memory));
  std::free(memory);
}

// realloc() would free what it moves away from as it is.
void* reallocate(void* old, std::size_t size, const char* file, int line) {
  if (old != nullptr && size != 0 && size <= ::malloc_usable_size(old)) return old;
  void* const made = allocate(size, file, line);
  if (made == nullptr && size != 0) return nullptr;  // `old` stays as it is
  if (made != nullptr && old != nullptr) {
    std::memcpy(made, old, std::min(size, ::malloc_usable_size(old)));
  }
  wipe_and_free(old, file, line);
  return made;
}

}  // namespace

bool wipe_what_openssl_frees() noexcept {
  return ::CRYPTO_set_mem_functions(allocate, reallocate, wipe_and_free) == 1;
}

}  // namespace applink::crypto
