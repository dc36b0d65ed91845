// Records by the name a user typed, and the answers where that does not fit.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "applink/base/result.h"
#include "applink/store/event.h"
#include "store/sealed_records.h"

namespace applink::store {

/// Where there is no such record: an error with the nearest known name as hint.
Result<SealedRecords::Opened> known(SealedRecords& records, RecordKind kind, std::string_view name);
/// The same without opening it.
Result<std::uint64_t> known_version(SealedRecords& records, RecordKind kind, std::string_view name);

/// ErrorCode::conflict where the name is taken.
Result<void> check_is_new(SealedRecords& records, RecordKind kind, std::string_view name);

/// Adds the record, or takes the place of the one that is there.
Result<void> put_in_any_case(SealedRecords& records, RecordKind kind, std::string_view name,
                             const Secret& content);
/// Removes it where there is one.
Result<void> erase_if_there(SealedRecords& records, RecordKind kind, std::string_view name);

/// `the link "prod" cannot be read: …`
Error unreadable(RecordKind kind, std::string_view name, Error error);

/// What was decoded from a record, its error with the record's name.
template <class T>
Result<T> readable(RecordKind kind, std::string_view name, Result<T> decoded) {
  if (decoded) return decoded;
  return tl::unexpected(unreadable(kind, name, std::move(decoded).error()));
}

}  // namespace applink::store
