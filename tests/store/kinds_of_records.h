// What a store can keep its records in.
#pragma once

#include <memory>
#include <utility>

#include "store/memory_records.h"
#include "store/sqlite_records.h"

namespace applink::test {

inline std::unique_ptr<store::Records> in_memory() {
  return std::make_unique<store::MemoryRecords>();
}

inline std::unique_ptr<store::Records> in_sqlite() {
  return std::move(*store::SqliteRecords::in_memory());
}

}  // namespace applink::test
