// From one format to the next: docs/formats.md section 9.
#include <fmt/format.h>

#include "store/sealed_records.h"
#include "store/tampering.h"
#include "store/unlock.h"

namespace applink::store {
namespace {

RecordId store_itself(int format) {
  return {std::string(to_string(RecordKind::store)), fmt::format("format {}", format)};
}

}  // namespace

Result<int> SealedRecords::migrate(
    const std::function<Result<void>(int format, std::string_view database)>& back_up) {
  int format = store_format;
  TRY(transact(Access::write, [&]() -> Result<void> {
    format = head_->version;
    if (format == store_format) return {};  // another process was quicker
    TRY_ASSIGN(const std::string database, records_->image());
    TRY(back_up(format, database));
    if (format < 2) TRY(migrate_to_format_2());
    return records_->set_format(store_format);
  }));
  return format;
}

// The head names the unlock methods from now on. Format 1 knew one.
Result<void> SealedRecords::migrate_to_format_2() {
  head_->version = 2;
  TRY(log(Change::replaced, store_itself(2), ""));
  TRY_ASSIGN(const auto rows, records_->wrapped_keys());
  for (const WrappedKey& row : rows) {
    const RecordId id{std::string(to_string(RecordKind::unlock_method)), row.method};
    if (row.method != key_file_method) return tampering(id, put_in_by_another);
    head_->unlock_methods.emplace(row.method, digest_of(row));
    TRY(log(Change::added, id, digest_of(row)));
  }
  return {};
}

}  // namespace applink::store
