// Big-endian writing and reading; a writer that leaves no copy behind.
#include "store/bytes.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

namespace applink::store {

ByteWriter& ByteWriter::raw(std::string_view bytes) {
  const std::size_t needed = bytes_.size() + bytes.size();
  if (needed > bytes_.capacity()) {
    std::string larger;
    larger.reserve(std::max(needed, 2 * bytes_.capacity()));
    larger.append(bytes_);
    std::swap(bytes_, larger);
    wipe(larger);
  }
  bytes_.append(bytes);
  return *this;
}

ByteWriter& ByteWriter::block(std::string_view bytes) {
  assert(bytes.size() <= std::numeric_limits<std::uint32_t>::max());
  return u32(static_cast<std::uint32_t>(bytes.size())).raw(bytes);
}

ByteWriter& ByteWriter::integer(std::uint64_t value, std::size_t size) {
  char digits[8] = {};
  for (std::size_t i = 0; i < size; ++i) {
    digits[i] = static_cast<char>((value >> (8 * (size - 1 - i))) & 0xFFU);
  }
  return raw({digits, size});
}

std::string_view ByteReader::raw(std::size_t size) {
  if (failed_ || size > rest_.size()) {
    failed_ = true;
    return {};
  }
  const std::string_view taken = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return taken;
}

std::uint64_t ByteReader::integer(std::size_t size) {
  std::uint64_t value = 0;
  for (const char byte : raw(size)) value = (value << 8) | static_cast<unsigned char>(byte);
  return value;
}

}  // namespace applink::store
