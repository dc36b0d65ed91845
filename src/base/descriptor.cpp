// Writing to a descriptor until everything is written.
#include "base/descriptor.h"

#include <cerrno>

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

}  // namespace applink
