// The content of a record: a version, then numbered fields in ascending order.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "applink/base/clock.h"
#include "applink/base/secret.h"
#include "store/bytes.h"

namespace applink::store {

/// Fields are written in the order of their ids. An absent optional writes nothing.
class FieldWriter {
 public:
  explicit FieldWriter(std::uint8_t version) { bytes_.u8(version); }

  FieldWriter& text(std::uint8_t id, std::string_view value);
  FieldWriter& optional_text(std::uint8_t id, const std::optional<std::string>& value);
  FieldWriter& secret(std::uint8_t id, const Secret& value);
  FieldWriter& number(std::uint8_t id, std::uint64_t value);
  FieldWriter& time(std::uint8_t id, Timestamp value);
  FieldWriter& optional_time(std::uint8_t id, std::optional<Timestamp> value);

  [[nodiscard]] Secret content() const { return bytes_.secret(); }

 private:
  ByteWriter bytes_;
  std::uint8_t last_id_ = 0;
};

/// Looks at `content`, which stays where it is. What is missing or of a wrong size reads as empty
/// or zero: read every field the version has, then ask complete().
class FieldReader {
 public:
  explicit FieldReader(std::string_view content);

  [[nodiscard]] std::uint8_t version() const { return version_; }
  /// The bytes where they lie: valid as long as the content.
  std::string_view bytes(std::uint8_t id);
  std::optional<std::string_view> optional_bytes(std::uint8_t id);
  std::string text(std::uint8_t id) { return std::string(bytes(id)); }
  std::optional<std::string> optional_text(std::uint8_t id);
  Secret secret(std::uint8_t id) { return Secret(bytes(id)); }
  std::uint64_t number(std::uint8_t id);
  Timestamp time(std::uint8_t id);
  std::optional<Timestamp> optional_time(std::uint8_t id);

  /// Well-formed, every field asked for was there, and no other.
  [[nodiscard]] bool complete() const;

 private:
  struct Field {
    std::string_view bytes;
    bool asked_for = false;
  };

  std::uint64_t as_number(std::string_view bytes);

  std::uint8_t version_ = 0;
  std::array<std::optional<Field>, 32> fields_;
  bool failed_ = false;
};

}  // namespace applink::store
