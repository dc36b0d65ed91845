// Envelopes and derived keys: docs/formats.md sections 4 and 5.
#include "store/sealer.h"

#include <utility>

#include "crypto/hmac.h"
#include "store/bytes.h"

namespace applink::store {
namespace {

constexpr std::uint8_t envelope_version = 1;

std::string associated_data(std::string_view purpose, std::string_view place) {
  ByteWriter bytes;
  bytes.u8(envelope_version).block(purpose).raw(place);
  return std::string(bytes.view());
}

std::string place_of(const RecordId& id, std::uint64_t version) {
  ByteWriter bytes;
  bytes.block(id.kind).block(id.name).u64(version);
  return std::string(bytes.view());
}

std::string place_of(std::uint64_t event) {
  ByteWriter bytes;
  bytes.u64(event);
  return std::string(bytes.view());
}

crypto::SealingKey derived(const crypto::SealingKey& data_key, std::string_view label) {
  std::string bytes = crypto::hmac(crypto::Digest::sha256, data_key.bytes().reveal(), label);
  auto key = crypto::SealingKey::from_bytes(Secret::take(std::move(bytes)));
  return std::move(key).value();  // SHA-256 has the size of a sealing key
}

}  // namespace

std::string seal_in_place(const crypto::SealingKey& key, const Secret& content,
                          std::string_view purpose, std::string_view place) {
  std::string envelope(1, static_cast<char>(envelope_version));
  return envelope.append(crypto::seal(key, content, associated_data(purpose, place)));
}

Result<Secret> open_in_place(const crypto::SealingKey& key, std::string_view sealed,
                             std::string_view purpose, std::string_view place) {
  ByteReader reader(sealed);
  const std::uint8_t version = reader.u8();
  if (version > envelope_version) {
    return fail(ErrorCode::failed, "it is sealed in a way that this applink does not know",
                "it was written by a newer applink: use that one");
  }
  if (version != envelope_version) return fail(ErrorCode::failed, "it is not sealed");
  return crypto::unseal(key, sealed.substr(1), associated_data(purpose, place));
}

Sealer::Sealer(const crypto::SealingKey& data_key)
    : record_key_(derived(data_key, "applink/1/records")),
      log_key_(derived(data_key, "applink/1/log")) {}

Sealer Sealer::copy() const {
  return {record_key_.copy(), log_key_.copy()};
}

std::string Sealer::seal_record(const RecordId& id, std::uint64_t version,
                                const Secret& content) const {
  return seal_in_place(record_key_, content, "record", place_of(id, version));
}

Result<Secret> Sealer::open_record(const RecordId& id, std::uint64_t version,
                                   std::string_view sealed) const {
  return open_in_place(record_key_, sealed, "record", place_of(id, version));
}

std::string Sealer::seal_event(std::uint64_t number, const Secret& content) const {
  return seal_in_place(log_key_, content, "event", place_of(number));
}

Result<Secret> Sealer::open_event(std::uint64_t number, std::string_view sealed) const {
  return open_in_place(log_key_, sealed, "event", place_of(number));
}

std::string Sealer::seal_head(const Secret& content) const {
  return seal_in_place(log_key_, content, "head", {});
}

Result<Secret> Sealer::open_head(std::string_view sealed) const {
  return open_in_place(log_key_, sealed, "head", {});
}

}  // namespace applink::store
