// By the size that the allocator really gave: a library may have written into all of it.
#include "base/wiped_memory.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include <malloc.h>
#include <string.h>  // NOLINT(modernize-deprecated-headers): explicit_bzero is POSIX, not <cstring>

namespace applink {

void wipe_and_free(void* memory) noexcept {
  if (memory == nullptr) return;
  ::explicit_bzero(memory, ::malloc_usable_size(memory));
  std::free(memory);
}

void* reallocate_and_wipe(void* memory, std::size_t size) noexcept {
  if (memory != nullptr && size != 0 && size <= ::malloc_usable_size(memory)) return memory;
  void* const made = size == 0 ? nullptr : std::malloc(size);
  if (made == nullptr && size != 0) return nullptr;  // `memory` stays as it is
  if (made != nullptr && memory != nullptr) {
    std::memcpy(made, memory, std::min(size, ::malloc_usable_size(memory)));
  }
  wipe_and_free(memory);
  return made;
}

}  // namespace applink
