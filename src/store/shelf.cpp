// Shelves by SHA-256.
#include "store/shelf.h"

#include "applink/crypto/digest.h"
#include "store/bytes.h"

namespace applink::store {

std::uint8_t shelf_of(const RecordId& id) {
  ByteWriter bytes;
  bytes.block(id.kind).block(id.name);
  return static_cast<std::uint8_t>(crypto::digest(crypto::Digest::sha256, bytes.view()).front());
}

std::string shelf_digest(std::span<const Entry> entries) {
  ByteWriter bytes;
  for (const Entry& entry : entries) {
    bytes.block(entry.id.kind).block(entry.id.name).u64(entry.version).raw(entry.digest);
  }
  return crypto::digest(crypto::Digest::sha256, bytes.view());
}

}  // namespace applink::store
