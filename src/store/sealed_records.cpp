// Reading and writing under the seal of the head: docs/formats.md sections 7 and 8.
#include "store/sealed_records.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/crypto/digest.h"
#include "store/shelf.h"
#include "store/tampering.h"

namespace applink::store {
namespace {

RecordId id_of(RecordKind kind, std::string_view name) {
  return {std::string(to_string(kind)), std::string(name)};
}

std::string sha256(std::string_view bytes) {
  return crypto::digest(crypto::Digest::sha256, bytes);
}

std::vector<Entry>::iterator position_of(std::vector<Entry>& entries, const RecordId& id) {
  return std::lower_bound(
      entries.begin(), entries.end(), id,
      [](const Entry& entry, const RecordId& wanted) { return entry.id < wanted; });
}

const Entry* find_in(const std::vector<Entry>& entries, const RecordId& id) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const Entry& entry) { return entry.id == id; });
  return found == entries.end() ? nullptr : &*found;
}

// The storage compares versions as well. Where it disagrees with the head, its row is not ours.
Result<void> not_swapped(const RecordId& id, Result<void> stored) {
  if (stored || stored.error().code != ErrorCode::conflict) return stored;
  return tampering(id, altered);
}

}  // namespace

SealedRecords::SealedRecords(std::unique_ptr<Records> records, const crypto::SealingKey& data_key,
                             const Clock& clock, std::string who)
    : records_(std::move(records)), sealer_(data_key), clock_(&clock), who_(std::move(who)) {}

SealedRecords::SealedRecords(std::unique_ptr<Records> records, Sealer sealer, const Clock& clock,
                             std::string who)
    : records_(std::move(records)),
      sealer_(std::move(sealer)),
      clock_(&clock),
      who_(std::move(who)) {}

std::unique_ptr<SealedRecords> SealedRecords::over(std::unique_ptr<Records> copy) const {
  return std::unique_ptr<SealedRecords>(
      new SealedRecords(std::move(copy), sealer_.copy(), *clock_, who_));
}

Result<void> SealedRecords::create() {
  return records_->transact(Access::write, [&]() -> Result<void> {
    head_ = Head{};
    auto written =
        log(Change::added, id_of(RecordKind::store, ""), "").and_then([&] { return save_head(); });
    head_.reset();
    return written;
  });
}

// The body of a transaction of its own, or of the one that is open.
template <class Body>
std::invoke_result_t<Body> SealedRecords::within(Access access, Body body) {
  assert(!head_ || access == Access::read || access_ == Access::write);
  if (head_) return body();
  std::optional<std::invoke_result_t<Body>> answer;
  auto done = records_->transact(access, [&]() -> Result<void> {
    TRY_ASSIGN(Head head, open_head());
    const std::uint64_t events_before = head.events;
    head_ = std::move(head);
    access_ = access;
    TRY(check_last_event());
    answer = body();
    if (!*answer) return tl::unexpected(answer->error());
    return head_->events == events_before ? Result<void>() : save_head();
  });
  head_.reset();
  if (!done) return tl::unexpected(std::move(done).error());
  return std::move(*answer);
}

Result<void> SealedRecords::transact(Access access, const std::function<Result<void>()>& body) {
  return within(access, body);
}

Result<Head> SealedRecords::open_head() {
  TRY_ASSIGN(const auto sealed, records_->head());
  if (!sealed) return tampering("the head of the store was taken away");
  const auto content = sealer_.open_head(*sealed);
  if (!content) return tampering("the head of the store is not as it was written");
  TRY_ASSIGN(Head head, decode_head(content->reveal()));
  TRY_ASSIGN(const int format, records_->format());
  if (head.version == format) return head;
  return tampering(fmt::format("the store says that its format is {}, and its head that it is {}",
                               format, head.version));
}

// A log that goes on behind the head, or ends before it, is not the one the head was sealed for.
Result<void> SealedRecords::check_last_event() {
  TRY_ASSIGN(const auto tail, records_->events(head_->events, 2));
  if (tail.size() == 1 && tail[0].number == head_->events &&
      sha256(tail[0].sealed) == head_->last_event) {
    return {};
  }
  return tampering(
      fmt::format("the event log does not end with event {} as it was written", head_->events));
}

Result<void> SealedRecords::save_head() {
  return records_->put_head(sealer_.seal_head(encode(*head_)));
}

bool SealedRecords::is_as_the_head_says(std::uint8_t number,
                                        const std::vector<Entry>& entries) const {
  const auto digest = head_->shelves.find(number);
  if (digest == head_->shelves.end()) return entries.empty();
  return shelf_digest(entries) == digest->second;
}

Result<SealedRecords::Shelf> SealedRecords::shelf(std::uint8_t number) {
  TRY_ASSIGN(auto rows, records_->shelf(number));
  if (is_as_the_head_says(number, rows)) return Shelf{std::move(rows), {}};
  return shelf_by_log(number, rows);
}

// Something is wrong on this shelf. The log knows what must lie there, and the head confirms it.
Result<SealedRecords::Shelf> SealedRecords::shelf_by_log(std::uint8_t number,
                                                         const std::vector<Entry>& rows) {
  TRY_ASSIGN(const History history, walk_log(*records_, sealer_, *head_, [](auto, const auto&) {}));
  Shelf logged = compared(number, rows, history);
  if (is_as_the_head_says(number, logged.entries)) return logged;
  return tampering(history.findings.empty()
                       ? "the records are not those that the head of the store names"
                       : history.findings.front());
}

SealedRecords::Shelf SealedRecords::compared(std::uint8_t number, const std::vector<Entry>& rows,
                                             const History& history) const {
  if (is_as_the_head_says(number, rows)) return {rows, {}};
  Shelf logged;
  for (const auto& [id, entry] : history.records) {
    if (shelf_of(id) == number) logged.entries.push_back(entry);
  }
  for (const Entry& row : rows) {
    if (find_in(logged.entries, row.id) == nullptr) logged.strangers.push_back(row.id);
  }
  return logged;
}

Result<std::vector<Entry>> SealedRecords::all_of(RecordKind kind) {
  const std::string_view word = to_string(kind);
  std::vector<Entry> found;
  for (int number = 0; number < shelf_count; ++number) {
    TRY_ASSIGN(Shelf here, shelf(static_cast<std::uint8_t>(number)));
    for (const RecordId& stranger : here.strangers) {
      if (stranger.kind == word) return tampering(stranger, put_in_by_another);
    }
    for (Entry& entry : here.entries) {
      if (entry.id.kind == word) found.push_back(std::move(entry));
    }
  }
  std::sort(found.begin(), found.end(),
            [](const Entry& a, const Entry& b) { return a.id.name < b.id.name; });
  return found;
}

Result<SealedRecords::Opened> SealedRecords::open(const Entry& expected) {
  TRY_ASSIGN(const auto stored, records_->find(expected.id));
  if (!stored) return tampering(expected.id, taken_out);
  if (stored->version < expected.version) return tampering(expected.id, put_back);
  if (stored->version != expected.version || stored->digest != expected.digest ||
      sha256(stored->sealed) != expected.digest) {
    return tampering(expected.id, altered);
  }
  auto content = sealer_.open_record(expected.id, expected.version, stored->sealed);
  if (!content) {
    return tl::unexpected(in_context(described(expected.id), std::move(content).error()));
  }
  return Opened{expected.version, std::move(*content)};
}

Result<std::optional<SealedRecords::Opened>> SealedRecords::find(RecordKind kind,
                                                                 std::string_view name) {
  const RecordId id = id_of(kind, name);
  return within(Access::read, [&]() -> Result<std::optional<Opened>> {
    TRY_ASSIGN(const Shelf here, shelf(shelf_of(id)));
    if (std::count(here.strangers.begin(), here.strangers.end(), id) != 0) {
      return tampering(id, put_in_by_another);
    }
    const Entry* const entry = find_in(here.entries, id);
    if (entry == nullptr) return std::nullopt;
    return open(*entry);
  });
}

Result<std::uint64_t> SealedRecords::version(RecordKind kind, std::string_view name) {
  const RecordId id = id_of(kind, name);
  return within(Access::read, [&]() -> Result<std::uint64_t> {
    TRY_ASSIGN(const Shelf here, shelf(shelf_of(id)));
    const Entry* const entry = find_in(here.entries, id);
    return entry == nullptr ? 0 : entry->version;
  });
}

Result<std::vector<std::string>> SealedRecords::names(RecordKind kind) {
  return within(Access::read, [&]() -> Result<std::vector<std::string>> {
    TRY_ASSIGN(auto entries, all_of(kind));
    std::vector<std::string> names;
    for (Entry& entry : entries) names.push_back(std::move(entry.id.name));
    return names;
  });
}

Result<std::vector<SealedRecords::Named>> SealedRecords::list(RecordKind kind) {
  return within(Access::read, [&]() -> Result<std::vector<Named>> {
    TRY_ASSIGN(auto entries, all_of(kind));
    std::vector<Named> records;
    for (Entry& entry : entries) {
      TRY_ASSIGN(Opened opened, open(entry));
      records.push_back({std::move(entry.id.name), std::move(opened.content)});
    }
    return records;
  });
}

Result<std::size_t> SealedRecords::count(RecordKind kind) {
  TRY_ASSIGN(const auto found, names(kind));
  return found.size();
}

Result<void> SealedRecords::put(RecordKind kind, std::string_view name, const Secret& content,
                                std::uint64_t expected_version) {
  const RecordId id = id_of(kind, name);
  return within(Access::write, [&]() -> Result<void> {
    TRY_ASSIGN(auto others, others_beside(id, expected_version));
    const std::uint64_t version = head_->events + 1;
    const std::string sealed = sealer_.seal_record(id, version, content);
    const std::string digest = sha256(sealed);
    TRY(not_swapped(id, records_->put(id, {version, digest, sealed}, expected_version)));
    others.insert(position_of(others, id), Entry{id, version, digest});
    head_->shelves[shelf_of(id)] = shelf_digest(others);
    return log(expected_version == 0 ? Change::added : Change::replaced, id, digest);
  });
}

Result<void> SealedRecords::erase(RecordKind kind, std::string_view name,
                                  std::uint64_t expected_version) {
  assert(expected_version != 0);
  const RecordId id = id_of(kind, name);
  return within(Access::write, [&]() -> Result<void> {
    TRY_ASSIGN(const auto others, others_beside(id, expected_version));
    TRY(not_swapped(id, records_->erase(id, expected_version)));
    head_->shelves.erase(shelf_of(id));
    if (!others.empty()) head_->shelves[shelf_of(id)] = shelf_digest(others);
    return log(Change::removed, id, "");
  });
}

// What stays on the shelf of a record that is about to change, where it has the version expected.
Result<std::vector<Entry>> SealedRecords::others_beside(const RecordId& id,
                                                        std::uint64_t expected_version) {
  TRY_ASSIGN(Shelf here, shelf(shelf_of(id)));
  const Entry* const entry = find_in(here.entries, id);
  if ((entry == nullptr ? 0 : entry->version) != expected_version) {
    return fail(ErrorCode::conflict, described(id) + " was changed in the meantime", "try again");
  }
  if (entry != nullptr) here.entries.erase(position_of(here.entries, id));
  return std::move(here.entries);
}

}  // namespace applink::store
