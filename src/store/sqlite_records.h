// Records in a SQLite database: docs/formats.md section 3.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "store/records.h"
#include "store/sqlite.h"

namespace applink::store {

class SqliteRecords final : public Records {
 public:
  /// An existing database. Read-only where neither it nor its directory can be written.
  static Result<std::unique_ptr<SqliteRecords>> open(const std::filesystem::path& path);
  /// A new one in memory, which image() turns into the bytes of a database file.
  static Result<std::unique_ptr<SqliteRecords>> in_memory();
  /// What image() gave, in memory; refused as open() refuses a file. Messages call it `path`.
  static Result<std::unique_ptr<SqliteRecords>> of_image(const std::filesystem::path& path,
                                                         std::string_view image);

  /// Everything as it is at this moment in a new file, mode 0600: whole or not at all, on the disk
  /// before this returns. ErrorCode::conflict where `path` exists.
  Result<void> copy_to(const std::filesystem::path& path);

  Result<void> transact(Access access, const std::function<Result<void>()>& body) override;
  [[nodiscard]] bool read_only() const override { return database_->read_only(); }

  Result<std::optional<StoredRecord>> find(const RecordId& id) override;
  Result<void> put(const RecordId& id, const StoredRecord& record,
                   std::uint64_t expected_version) override;
  Result<void> erase(const RecordId& id, std::uint64_t expected_version) override;
  Result<std::vector<Entry>> shelf(std::uint8_t number) override;
  Result<std::optional<std::string>> head() override;
  Result<void> put_head(std::string_view sealed) override;
  Result<void> append_event(std::uint64_t number, std::string_view sealed) override;
  Result<std::vector<SealedEvent>> events(std::uint64_t first, std::size_t limit) override;
  Result<std::vector<WrappedKey>> wrapped_keys() override;
  Result<void> put_wrapped_key(const WrappedKey& key) override;
  Result<void> erase_wrapped_key(std::string_view method) override;
  Result<int> format() override;
  Result<void> set_format(int version) override;
  Result<std::vector<std::string>> damage() override;
  Result<std::string> image() override;

 private:
  explicit SqliteRecords(std::unique_ptr<Database> database) : database_(std::move(database)) {}

  std::unique_ptr<Database> database_;
};

}  // namespace applink::store
