// The head as bytes: docs/formats.md section 8.
#include "store/head.h"

#include "store/bytes.h"

namespace applink::store {
namespace {

constexpr std::uint8_t head_version = 1;
constexpr std::size_t digest_size = 32;

}  // namespace

Secret encode(const Head& head) {
  ByteWriter bytes;
  bytes.u8(head_version).u64(head.events).raw(head.last_event);
  bytes.u16(static_cast<std::uint16_t>(head.shelves.size()));
  for (const auto& [shelf, digest] : head.shelves) bytes.u8(shelf).raw(digest);
  return bytes.secret();
}

Result<Head> decode_head(std::string_view content) {
  ByteReader reader(content);
  const std::uint8_t version = reader.u8();
  Head head;
  head.events = reader.u64();
  head.last_event = reader.raw(digest_size);
  const std::size_t count = reader.u16();
  for (std::size_t i = 0; i < count && !reader.failed(); ++i) {
    const std::uint8_t shelf = reader.u8();
    head.shelves.emplace(shelf, reader.raw(digest_size));
  }
  if (version == head_version && reader.complete() && head.shelves.size() == count) return head;
  return fail(ErrorCode::failed, "the head of the store cannot be read",
              version > head_version ? "it was written by a newer applink: use that one" : "");
}

}  // namespace applink::store
