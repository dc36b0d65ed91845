// The log of every change: a chain of sealed events that ends in the head.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/clock.h"
#include "applink/base/result.h"
#include "applink/base/secret.h"
#include "applink/store/event.h"
#include "store/head.h"
#include "store/records.h"
#include "store/sealer.h"

namespace applink::store {

struct LoggedEvent {
  std::string previous;  ///< SHA-256 of the sealed event before this one
  Timestamp time;
  std::string who;
  Change change = Change::added;
  RecordId id;
  std::string digest;  ///< of the sealed record; empty where it was removed

  friend bool operator==(const LoggedEvent&, const LoggedEvent&) = default;
};

Secret encode(const LoggedEvent& event);
Result<LoggedEvent> decode_event(std::string_view content);

/// What the log says of the records, and what is wrong with the log itself.
struct History {
  std::map<RecordId, Entry> records;  ///< the latest of each that was not removed
  std::vector<std::string> findings;  ///< empty: every event is as it was written
};

/// Opens every event there is and follows the chain to `head`; hands each good one to `visit`.
/// Fails where the records themselves cannot be read; damage is a finding.
Result<History> walk_log(
    Records& records, const Sealer& sealer, const Head& head,
    const std::function<void(std::uint64_t number, const LoggedEvent&)>& visit);

}  // namespace applink::store
