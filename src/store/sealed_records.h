// Records under seal: what comes out is what was put in last, or an error that names the record.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/store/event.h"
#include "store/event_log.h"
#include "store/head.h"
#include "store/records.h"
#include "store/sealer.h"

namespace applink::store {

/// Every method is a transaction, or a part of the one that transact() has open. A write that fails
/// inside transact() fails the whole: the body returns its error.
class SealedRecords {
 public:
  struct Opened {
    std::uint64_t version = 0;
    Secret content;
  };
  struct Named {
    std::string name;
    Secret content;
  };
  struct NumberedEvent {
    std::uint64_t number = 0;
    LoggedEvent event;
  };

  /// The rows of the unlock methods, compared with the head.
  struct UnlockRows {
    std::vector<WrappedKey> good;                 ///< as the head names them
    std::map<std::string, std::string> findings;  ///< by method: what is wrong with its row
  };

  /// `who` is written into every event; the clock outlives this.
  SealedRecords(std::unique_ptr<Records> records, const crypto::SealingKey& data_key,
                const Clock& clock, std::string who);

  /// What opens these records, over a copy of them.
  [[nodiscard]] std::unique_ptr<SealedRecords> over(std::unique_ptr<Records> copy) const;
  /// As Records::image().
  [[nodiscard]] Result<std::string> image() const { return records_->image(); }

  /// Makes empty records a store: the first event and a head.
  Result<void> create();

  Result<void> transact(Access access, const std::function<Result<void>()>& body);
  [[nodiscard]] bool read_only() const { return records_->read_only(); }
  /// That of the database, inside a transaction.
  [[nodiscard]] int format() const { return head_->version; }
  /// What the next event would say.
  [[nodiscard]] const std::string& who() const { return who_; }
  [[nodiscard]] Timestamp now() const { return clock_->now(); }

  Result<std::optional<Opened>> find(RecordKind kind, std::string_view name);
  /// 0 where there is no such record. Does not open it: a record that no longer opens can still be
  /// replaced or removed.
  Result<std::uint64_t> version(RecordKind kind, std::string_view name);
  /// In the order of their names.
  Result<std::vector<std::string>> names(RecordKind kind);
  Result<std::vector<Named>> list(RecordKind kind);
  Result<std::size_t> count(RecordKind kind);

  /// Compare and swap: ErrorCode::conflict where the record does not have `expected_version`; 0
  /// stands for a record that is not there.
  Result<void> put(RecordKind kind, std::string_view name, const Secret& content,
                   std::uint64_t expected_version);
  Result<void> erase(RecordKind kind, std::string_view name, std::uint64_t expected_version);

  /// In a store of format 1 every row is good: its head names none.
  Result<UnlockRows> unlock_rows();
  /// Whether put_unlock_method() would refuse it by now.
  Result<void> check_unlock_method(std::string_view method, Change change);
  /// Change::added where the head has no such method, ErrorCode::conflict where it has;
  /// Change::replaced the other way round. What else lies in the place of its row is overwritten.
  Result<void> put_unlock_method(const WrappedKey& row, Change change);
  /// Refused where nothing that is as it was written would be left to unlock the store.
  Result<void> erase_unlock_method(std::string_view method);

  /// Takes a store of an older format to today's, in one transaction, and returns the format that
  /// it was of: today's where another process was quicker. `back_up` is called inside that
  /// transaction, before anything changes, with the database as it is.
  Result<int> migrate(
      const std::function<Result<void>(int format, std::string_view database)>& back_up);

  Result<std::uint64_t> event_count();
  /// Oldest first; an error of `visit` is the answer. Fails at the end where the log is not as it
  /// was written.
  Result<void> visit_events(const std::function<Result<void>(const NumberedEvent&)>& visit);
  Result<LoggedEvent> first_event();
  /// Walks everything; one line for each thing that is not as it was written.
  Result<std::vector<std::string>> check();

 private:
  SealedRecords(std::unique_ptr<Records> records, Sealer sealer, const Clock& clock,
                std::string who);

  struct Shelf {
    std::vector<Entry> entries;       // what must lie there
    std::vector<RecordId> strangers;  // what lies there and must not
  };

  template <class Body>
  std::invoke_result_t<Body> within(Access access, Body body);

  Result<Head> open_head();
  Result<void> check_last_event();
  Result<void> save_head();

  [[nodiscard]] bool is_as_the_head_says(std::uint8_t number,
                                         const std::vector<Entry>& entries) const;
  Result<Shelf> shelf(std::uint8_t number);
  Result<Shelf> shelf_by_log(std::uint8_t number, const std::vector<Entry>& rows);
  [[nodiscard]] Shelf compared(std::uint8_t number, const std::vector<Entry>& rows,
                               const History& history) const;
  Result<std::vector<Entry>> all_of(RecordKind kind);

  Result<Opened> open(const Entry& expected);
  Result<std::vector<Entry>> others_beside(const RecordId& id, std::uint64_t expected_version);
  Result<void> log(Change change, const RecordId& id, const std::string& digest);

  Result<UnlockRows> compared_unlock_rows();
  Result<void> migrate_to_format_2();

  Result<void> check_shelf(std::uint8_t number, const History& history,
                           std::vector<std::string>& findings);

  std::unique_ptr<Records> records_;
  Sealer sealer_;
  const Clock* clock_;
  std::string who_;
  std::optional<Head> head_;  // as long as a transaction is open
  Access access_ = Access::read;
};

}  // namespace applink::store
