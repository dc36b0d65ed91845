// Maps; a transaction that fails puts the copy back.
#include "store/memory_records.h"

#include <cassert>
#include <utility>

#include "store/shelf.h"
#include "store/sqlite_records.h"

namespace applink::store {

Result<void> MemoryRecords::transact(Access /*access*/, const std::function<Result<void>()>& body) {
  Content before = content_;
  auto done = body();
  if (!done) content_ = std::move(before);
  return done;
}

std::uint64_t MemoryRecords::version(const RecordId& id) const {
  const auto found = content_.records.find(id);
  return found == content_.records.end() ? 0 : found->second.version;
}

Result<std::optional<StoredRecord>> MemoryRecords::find(const RecordId& id) {
  const auto found = content_.records.find(id);
  if (found == content_.records.end()) return std::nullopt;
  return found->second;
}

Result<void> MemoryRecords::put(const RecordId& id, const StoredRecord& record,
                                std::uint64_t expected_version) {
  if (version(id) != expected_version) return fail(ErrorCode::conflict, "another version is there");
  content_.records.insert_or_assign(id, record);
  return {};
}

Result<void> MemoryRecords::erase(const RecordId& id, std::uint64_t expected_version) {
  assert(expected_version != 0);
  if (version(id) != expected_version) return fail(ErrorCode::conflict, "another version is there");
  content_.records.erase(id);
  return {};
}

Result<std::vector<Entry>> MemoryRecords::shelf(std::uint8_t number) {
  std::vector<Entry> entries;
  for (const auto& [id, record] : content_.records) {
    if (shelf_number(id) == number) entries.push_back({id, record.version, record.digest});
  }
  return entries;
}

std::uint8_t MemoryRecords::shelf_number(const RecordId& id) {
  const auto known = shelf_numbers_.find(id);
  if (known != shelf_numbers_.end()) return known->second;
  return shelf_numbers_.emplace(id, shelf_of(id)).first->second;
}

Result<void> MemoryRecords::put_head(std::string_view sealed) {
  content_.head = std::string(sealed);
  return {};
}

Result<void> MemoryRecords::append_event(std::uint64_t number, std::string_view sealed) {
  if (!content_.events.emplace(number, sealed).second) {
    return fail(ErrorCode::conflict, "an event of that number is there");
  }
  return {};
}

Result<std::vector<SealedEvent>> MemoryRecords::events(std::uint64_t first, std::size_t limit) {
  std::vector<SealedEvent> found;
  for (auto at = content_.events.lower_bound(first);
       at != content_.events.end() && found.size() < limit; ++at) {
    found.push_back({at->first, at->second});
  }
  return found;
}

Result<std::vector<WrappedKey>> MemoryRecords::wrapped_keys() {
  std::vector<WrappedKey> keys;
  for (const auto& [method, key] : content_.wrapped_keys) keys.push_back(key);
  return keys;
}

Result<void> MemoryRecords::put_wrapped_key(const WrappedKey& key) {
  content_.wrapped_keys.insert_or_assign(key.method, key);
  return {};
}

Result<std::string> MemoryRecords::image() {
  TRY_ASSIGN(const auto database, SqliteRecords::in_memory());
  TRY(database->transact(Access::write, [&]() -> Result<void> {
    for (const auto& [id, record] : content_.records) TRY(database->put(id, record, 0));
    for (const auto& [number, sealed] : content_.events)
      TRY(database->append_event(number, sealed));
    for (const auto& [method, key] : content_.wrapped_keys) TRY(database->put_wrapped_key(key));
    TRY(database->set_format(content_.format));
    return content_.head ? database->put_head(*content_.head) : Result<void>();
  }));
  return database->image();
}

Result<void> MemoryRecords::erase_wrapped_key(std::string_view method) {
  content_.wrapped_keys.erase(std::string(method));
  return {};
}

Result<void> MemoryRecords::set_format(int version) {
  content_.format = version;
  return {};
}

}  // namespace applink::store
