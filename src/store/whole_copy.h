// A copy of a store in memory that was looked at before anything is made of it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "applink/base/result.h"
#include "applink/store/backup.h"
#include "store/sealed_records.h"

namespace applink::store {

/// Walks everything; ErrorCode::failed, with the first thing that is not as it was written.
Result<void> check_is_whole(SealedRecords& records);

Result<StoreContents> contents_of(SealedRecords& records);

}  // namespace applink::store
