// Fields written in order, read strictly.
#include "store/fields.h"

#include <algorithm>
#include <cassert>

namespace applink::store {
namespace {

std::uint64_t as_number(Timestamp time) {
  return static_cast<std::uint64_t>(time.time_since_epoch().count());
}

Timestamp as_time(std::uint64_t seconds) {
  return Timestamp(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

}  // namespace

FieldWriter& FieldWriter::text(std::uint8_t id, std::string_view value) {
  assert(id > last_id_);
  last_id_ = id;
  bytes_.u8(id).block(value);
  return *this;
}

FieldWriter& FieldWriter::optional_text(std::uint8_t id, const std::optional<std::string>& value) {
  return value ? text(id, *value) : *this;
}

FieldWriter& FieldWriter::secret(std::uint8_t id, const Secret& value) {
  return text(id, value.reveal());
}

FieldWriter& FieldWriter::number(std::uint8_t id, std::uint64_t value) {
  ByteWriter digits;
  return text(id, digits.u64(value).view());
}

FieldWriter& FieldWriter::time(std::uint8_t id, Timestamp value) {
  return number(id, as_number(value));
}

FieldWriter& FieldWriter::optional_time(std::uint8_t id, std::optional<Timestamp> value) {
  return value ? time(id, *value) : *this;
}

FieldReader::FieldReader(std::string_view content) {
  ByteReader reader(content);
  version_ = reader.u8();
  std::size_t last_id = 0;
  while (!reader.at_end()) {
    const std::size_t id = reader.u8();
    const std::string_view bytes = reader.block();
    if (reader.failed() || id <= last_id || id >= fields_.size()) {
      failed_ = true;
      return;
    }
    last_id = id;
    fields_[id] = Field{bytes, false};
  }
  failed_ = reader.failed();
}

std::optional<std::string_view> FieldReader::optional_bytes(std::uint8_t id) {
  assert(id < fields_.size());
  auto& field = fields_[id];
  if (!field) return std::nullopt;
  field->asked_for = true;
  return field->bytes;
}

std::string_view FieldReader::bytes(std::uint8_t id) {
  const auto found = optional_bytes(id);
  if (!found) failed_ = true;
  return found.value_or(std::string_view());
}

std::optional<std::string> FieldReader::optional_text(std::uint8_t id) {
  const auto found = optional_bytes(id);
  if (!found) return std::nullopt;
  return std::string(*found);
}

std::uint64_t FieldReader::number(std::uint8_t id) {
  return as_number(bytes(id));
}

Timestamp FieldReader::time(std::uint8_t id) {
  return as_time(number(id));
}

std::optional<Timestamp> FieldReader::optional_time(std::uint8_t id) {
  const auto found = optional_bytes(id);
  if (!found) return std::nullopt;
  return as_time(as_number(*found));
}

bool FieldReader::complete() const {
  return !failed_ && std::all_of(fields_.begin(), fields_.end(),
                                 [](const auto& field) { return !field || field->asked_for; });
}

std::uint64_t FieldReader::as_number(std::string_view bytes) {
  ByteReader reader(bytes);
  const std::uint64_t value = reader.u64();
  if (reader.complete()) return value;
  failed_ = true;
  return 0;
}

}  // namespace applink::store
