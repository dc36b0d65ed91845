// The seam of the store: sealed bytes under names, in one place or another. Knows no secret.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "applink/base/result.h"

namespace applink::store {

/// The version of the database that is written: docs/formats.md section 3.
inline constexpr int store_format = 2;

/// Records lie on shelves by a hash of kind and name, and the sealed head holds a digest of each
/// shelf: a record is checked at the cost of its shelf, not of the whole store.
inline constexpr int shelf_count = 256;

struct RecordId {
  std::string kind;
  std::string name;

  friend bool operator==(const RecordId&, const RecordId&) = default;
  friend bool operator<(const RecordId& a, const RecordId& b) {
    return std::tie(a.kind, a.name) < std::tie(b.kind, b.name);
  }
};

struct Entry {
  RecordId id;
  std::uint64_t version = 0;
  std::string digest;  ///< SHA-256 of the sealed bytes

  friend bool operator==(const Entry&, const Entry&) = default;
};

struct StoredRecord {
  std::uint64_t version = 0;
  std::string digest;
  std::string sealed;
};

struct SealedEvent {
  std::uint64_t number = 0;
  std::string sealed;
};

/// One way to unlock the store: the data key, wrapped.
struct WrappedKey {
  std::string method;
  std::string parameters;
  std::string wrapped;
};

enum class Access { read, write };

/// Everything but transact() and read_only() is called inside a transaction; image() anywhere.
class Records {
 public:
  virtual ~Records() = default;

  /// Runs `body` on one state of the records. Access::write waits for other writers first; what
  /// the body wrote is durable when this returns a value, and gone when it returns an error.
  virtual Result<void> transact(Access access, const std::function<Result<void>()>& body) = 0;
  [[nodiscard]] virtual bool read_only() const = 0;

  virtual Result<std::optional<StoredRecord>> find(const RecordId& id) = 0;
  /// Compare and swap: ErrorCode::conflict where the record does not have `expected_version`; 0
  /// stands for a record that is not there.
  virtual Result<void> put(const RecordId& id, const StoredRecord& record,
                           std::uint64_t expected_version) = 0;
  virtual Result<void> erase(const RecordId& id, std::uint64_t expected_version) = 0;
  /// What lies on one shelf, in the order of kind and name.
  virtual Result<std::vector<Entry>> shelf(std::uint8_t number) = 0;

  virtual Result<std::optional<std::string>> head() = 0;
  virtual Result<void> put_head(std::string_view sealed) = 0;

  virtual Result<void> append_event(std::uint64_t number, std::string_view sealed) = 0;
  /// At most `limit` events in the order of their numbers, beginning at `first`.
  virtual Result<std::vector<SealedEvent>> events(std::uint64_t first, std::size_t limit) = 0;

  /// In the order of their methods.
  virtual Result<std::vector<WrappedKey>> wrapped_keys() = 0;
  /// In the place of the one of its method.
  virtual Result<void> put_wrapped_key(const WrappedKey& key) = 0;
  virtual Result<void> erase_wrapped_key(std::string_view method) = 0;

  /// The version of the database, which is store_format or an older one.
  virtual Result<int> format() = 0;
  virtual Result<void> set_format(int version) = 0;

  /// What the storage itself finds wrong, one line each.
  virtual Result<std::vector<std::string>> damage() = 0;

  /// All that is committed at one moment, as the bytes of a database file (docs/formats.md section
  /// 3): what an open transaction has changed is not in it. Nobody who writes waits for this.
  virtual Result<std::string> image() = 0;
};

}  // namespace applink::store
