// The log beside the records: written with every change, read whole, checked whole.
#include <utility>

#include <fmt/format.h>

#include "applink/crypto/digest.h"
#include "store/sealed_records.h"
#include "store/tampering.h"

namespace applink::store {

Result<void> SealedRecords::log(Change change, const RecordId& id, const std::string& digest) {
  const LoggedEvent event{head_->last_event, clock_->now(), who_, change, id, digest};
  const std::uint64_t number = head_->events + 1;
  const std::string sealed = sealer_.seal_event(number, encode(event));
  TRY(records_->append_event(number, sealed));
  head_->events = number;
  head_->last_event = crypto::digest(crypto::Digest::sha256, sealed);
  return {};
}

Result<std::uint64_t> SealedRecords::event_count() {
  std::uint64_t count = 0;
  TRY(transact(Access::read, [&]() -> Result<void> {
    count = head_->events;
    return {};
  }));
  return count;
}

Result<LoggedEvent> SealedRecords::first_event() {
  LoggedEvent event;
  TRY(transact(Access::read, [&]() -> Result<void> {
    TRY_ASSIGN(const auto first, records_->events(1, 1));
    if (first.empty() || first[0].number != 1) return tampering("event 1 was taken out of the log");
    const auto content = sealer_.open_event(1, first[0].sealed);
    if (!content) return tampering("event 1 is not as it was written");
    TRY_ASSIGN(event, decode_event(content->reveal()));
    return {};
  }));
  return event;
}

Result<void> SealedRecords::visit_events(
    const std::function<Result<void>(const NumberedEvent&)>& visit) {
  return transact(Access::read, [&]() -> Result<void> {
    Result<void> visited;
    TRY_ASSIGN(const History history,
               walk_log(*records_, sealer_, *head_, [&](auto number, const LoggedEvent& event) {
                 if (visited) visited = visit({number, event});
               }));
    TRY(visited);
    if (history.findings.empty()) return {};
    return fail(ErrorCode::failed,
                fmt::format("the event log is broken: {}", history.findings.front()),
                "to see all that is wrong with the store, run: applink store check");
  });
}

Result<std::vector<std::string>> SealedRecords::check() {
  std::vector<std::string> findings;
  auto done = records_->transact(Access::read, [&]() -> Result<void> {
    TRY_ASSIGN(findings, records_->damage());
    auto head = open_head();
    if (!head) {
      findings.push_back(head.error().message);
      return {};
    }
    head_ = std::move(*head);
    TRY_ASSIGN(const History history,
               walk_log(*records_, sealer_, *head_, [](auto, const auto&) {}));
    findings.insert(findings.end(), history.findings.begin(), history.findings.end());
    TRY_ASSIGN(const UnlockRows unlock, compared_unlock_rows());
    for (const auto& [method, finding] : unlock.findings) findings.push_back(finding);
    for (int number = 0; number < shelf_count; ++number) {
      TRY(check_shelf(static_cast<std::uint8_t>(number), history, findings));
    }
    return {};
  });
  head_.reset();
  if (!done) return tl::unexpected(std::move(done).error());
  return findings;
}

Result<void> SealedRecords::check_shelf(std::uint8_t number, const History& history,
                                        std::vector<std::string>& findings) {
  TRY_ASSIGN(const auto rows, records_->shelf(number));
  Shelf here = compared(number, rows, history);
  if (!is_as_the_head_says(number, here.entries)) {
    findings.push_back(
        fmt::format("shelf {} does not hold what the head of the store names", number));
  }
  for (const RecordId& stranger : here.strangers) {
    findings.push_back(tampering(stranger, put_in_by_another).value().message);
  }
  for (const Entry& entry : here.entries) {
    const auto opened = open(entry);
    if (!opened) findings.push_back(opened.error().message);
  }
  return {};
}

}  // namespace applink::store
