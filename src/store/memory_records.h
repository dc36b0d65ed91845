// Records that live as long as the process: for tests, and for whoever keeps nothing.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "store/records.h"

namespace applink::store {

class MemoryRecords final : public Records {
 public:
  /// Everything there is. Tests reach into it to play the intruder.
  struct Content {
    std::map<RecordId, StoredRecord> records;
    std::map<std::uint64_t, std::string> events;
    std::optional<std::string> head;
    std::map<std::string, WrappedKey> wrapped_keys;
    int format = store_format;
  };

  Result<void> transact(Access access, const std::function<Result<void>()>& body) override;
  [[nodiscard]] bool read_only() const override { return false; }

  Result<std::optional<StoredRecord>> find(const RecordId& id) override;
  Result<void> put(const RecordId& id, const StoredRecord& record,
                   std::uint64_t expected_version) override;
  Result<void> erase(const RecordId& id, std::uint64_t expected_version) override;
  Result<std::vector<Entry>> shelf(std::uint8_t number) override;
  Result<std::optional<std::string>> head() override { return content_.head; }
  Result<void> put_head(std::string_view sealed) override;
  Result<void> append_event(std::uint64_t number, std::string_view sealed) override;
  Result<std::vector<SealedEvent>> events(std::uint64_t first, std::size_t limit) override;
  Result<std::vector<WrappedKey>> wrapped_keys() override;
  Result<void> put_wrapped_key(const WrappedKey& key) override;
  Result<void> erase_wrapped_key(std::string_view method) override;
  Result<int> format() override { return content_.format; }
  Result<void> set_format(int version) override;
  Result<std::vector<std::string>> damage() override { return std::vector<std::string>(); }
  Result<std::string> image() override;

  Content& content() { return content_; }

 private:
  [[nodiscard]] std::uint64_t version(const RecordId& id) const;

  std::uint8_t shelf_number(const RecordId& id);

  Content content_;
  std::map<RecordId, std::uint8_t> shelf_numbers_;  // each hashed once
};

}  // namespace applink::store
