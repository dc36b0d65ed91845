// Memory of the C library that is wiped before it goes back: for libraries that take an allocator.
#pragma once

#include <cstddef>

namespace applink {

/// As free() and realloc(), for what malloc() and calloc() gave: nothing of what was there stays
/// behind, neither where it lay nor where realloc() would have moved it away from.
void wipe_and_free(void* memory) noexcept;
void* reallocate_and_wipe(void* memory, std::size_t size) noexcept;

}  // namespace applink
