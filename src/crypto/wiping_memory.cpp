// An allocator for OpenSSL that wipes what comes back to it.
#include "applink/crypto/wiping_memory.h"

#include <cstdlib>

#include <openssl/crypto.h>

#include "base/wiped_memory.h"

namespace applink::crypto {
namespace {

void* allocate(std::size_t size, const char* /*file*/, int /*line*/) {
  return size == 0 ? nullptr : std::malloc(size);
}

void* reallocate(void* old, std::size_t size, const char* /*file*/, int /*line*/) {
  return reallocate_and_wipe(old, size);
}

void release(void* memory, const char* /*file*/, int /*line*/) {
  wipe_and_free(memory);
}

}  // namespace

bool wipe_what_openssl_frees() noexcept {
  return ::CRYPTO_set_mem_functions(allocate, reallocate, release) == 1;
}

}  // namespace applink::crypto
