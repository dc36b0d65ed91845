// Whether a copy of a store is good, and what is in it.
#include "store/whole_copy.h"

#include <fmt/format.h>

namespace applink::store {

Result<void> check_is_whole(SealedRecords& records) {
  TRY_ASSIGN(const auto findings, records.check());
  if (findings.empty()) return {};
  const std::size_t others = findings.size() - 1;
  return fail(
      ErrorCode::failed,
      others == 0 ? findings.front() : fmt::format("{}, and {} more", findings.front(), others),
      "to see all of it, run: applink store check");
}

Result<StoreContents> contents_of(SealedRecords& records) {
  StoreContents contents;
  TRY(records.transact(Access::read, [&]() -> Result<void> {
    TRY_ASSIGN(contents.events, records.event_count());
    TRY_ASSIGN(contents.keys, records.count(RecordKind::key));
    TRY_ASSIGN(contents.links, records.count(RecordKind::link));
    TRY_ASSIGN(contents.tokens, records.count(RecordKind::token));
    TRY_ASSIGN(contents.pending_logins, records.count(RecordKind::pending_login));
    return {};
  }));
  return contents;
}

}  // namespace applink::store
