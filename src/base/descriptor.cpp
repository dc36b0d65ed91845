// Writing to a descriptor until everything is written.
#include "base/descriptor.h"

#include <cerrno>

#include <sys/mman.h>

namespace applink {

bool write_all(const Descriptor& descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = ::write(descriptor.get(), content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

Descriptor file_in_memory(std::string_view content) {
  Descriptor file(::memfd_create("applink", MFD_CLOEXEC));
  const bool is_whole =
      file.is_open() && write_all(file, content) && ::lseek(file.get(), 0, SEEK_SET) == 0;
  return is_whole ? std::move(file) : Descriptor(-1);
}

}  // namespace applink
