// Integers and blocks of bytes, big-endian, as docs/formats.md writes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "applink/base/secret.h"

namespace applink::store {

/// Wipes what it leaves behind when it grows, and itself when it goes.
class ByteWriter {
 public:
  ByteWriter() = default;
  ByteWriter(const ByteWriter&) = delete;
  ByteWriter& operator=(const ByteWriter&) = delete;
  ~ByteWriter() { wipe(bytes_); }

  ByteWriter& u8(std::uint8_t value) { return integer(value, 1); }
  ByteWriter& u16(std::uint16_t value) { return integer(value, 2); }
  ByteWriter& u32(std::uint32_t value) { return integer(value, 4); }
  ByteWriter& u64(std::uint64_t value) { return integer(value, 8); }
  ByteWriter& raw(std::string_view bytes);
  /// A u32 length and the bytes.
  ByteWriter& block(std::string_view bytes);

  [[nodiscard]] std::string_view view() const { return bytes_; }
  [[nodiscard]] Secret secret() const { return Secret(bytes_); }

 private:
  ByteWriter& integer(std::uint64_t value, std::size_t size);

  std::string bytes_;
};

/// Once the bytes end too early, everything read is zero or empty and complete() is false: read
/// the whole, then ask.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(integer(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(integer(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(integer(4)); }
  std::uint64_t u64() { return integer(8); }
  std::string_view raw(std::size_t size);
  std::string_view block() { return raw(u32()); }

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool complete() const { return !failed_ && at_end(); }

 private:
  std::uint64_t integer(std::size_t size);

  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace applink::store
