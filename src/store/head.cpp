// The head as bytes: docs/formats.md section 8.
#include "store/head.h"

#include "store/bytes.h"

namespace applink::store {
namespace {

constexpr const char* unreadable_head = "the head of the store cannot be read";

}  // namespace

Secret encode(const Head& head) {
  ByteWriter bytes;
  bytes.u8(static_cast<std::uint8_t>(head.version)).u64(head.events).raw(head.last_event);
  bytes.u16(static_cast<std::uint16_t>(head.shelves.size()));
  for (const auto& [shelf, digest] : head.shelves) bytes.u8(shelf).raw(digest);
  if (head.version == 1) return bytes.secret();
  bytes.u8(static_cast<std::uint8_t>(head.unlock_methods.size()));
  for (const auto& [method, digest] : head.unlock_methods) bytes.block(method).raw(digest);
  return bytes.secret();
}

Result<Head> decode_head(std::string_view content) {
  ByteReader reader(content);
  Head head;
  head.version = reader.u8();
  if (head.version > store_format) {
    return fail(ErrorCode::failed, unreadable_head,
                "it was written by a newer applink: use that one");
  }
  head.events = reader.u64();
  head.last_event = reader.raw(digest_size);
  const std::size_t shelves = reader.u16();
  for (std::size_t i = 0; i < shelves && !reader.failed(); ++i) {
    const std::uint8_t shelf = reader.u8();
    head.shelves.emplace(shelf, reader.raw(digest_size));
  }
  const std::size_t methods = head.version == 1 ? 0 : reader.u8();
  for (std::size_t i = 0; i < methods && !reader.failed(); ++i) {
    const std::string_view method = reader.block();
    head.unlock_methods.emplace(method, reader.raw(digest_size));
  }
  if (head.version >= 1 && reader.complete() && head.shelves.size() == shelves &&
      head.unlock_methods.size() == methods) {
    return head;
  }
  return fail(ErrorCode::failed, unreadable_head);
}

}  // namespace applink::store
