// A file descriptor that is closed when its owner is gone.
#pragma once

#include <string_view>
#include <utility>

#include <unistd.h>

namespace applink {

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  [[nodiscard]] int get() const { return value_; }
  [[nodiscard]] bool is_open() const { return value_ >= 0; }

 private:
  int value_;
};

/// False where not every byte was taken; errno says why.
bool write_all(const Descriptor& descriptor, std::string_view content);

/// A file that has no name, read from its beginning; not open where errno says why. A child has it
/// only where it is told to.
Descriptor file_in_memory(std::string_view content);

}  // namespace applink
