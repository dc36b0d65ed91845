// Events as bytes, and the walk along their chain: docs/formats.md section 7.
#include "store/event_log.h"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "applink/crypto/digest.h"
#include "store/fields.h"

namespace applink::store {
namespace {

constexpr std::uint8_t event_version = 1;
constexpr std::size_t events_at_once = 256;

enum Field : std::uint8_t { previous = 1, time, who, change, kind, name, digest };

bool is_digest(std::string_view bytes) {
  return bytes.size() == digest_size;
}

// Follows the numbers and the digests from one event to the next.
class ChainWalk {
 public:
  ChainWalk(const Sealer& sealer, const Head& head) : sealer_(&sealer), head_(&head) {}

  // The event where it is good. After a bad one the walk goes on: each is sealed by itself.
  std::optional<LoggedEvent> step(const SealedEvent& event) {
    if (event.number > head_->events) {
      find(fmt::format("event {} was added behind the end of the log", event.number));
      return std::nullopt;
    }
    note_gap(event.number);
    const auto expected_previous = std::exchange(last_digest_, std::nullopt);
    auto opened = open(event);
    if (!opened) {
      find(fmt::format("event {} is not as it was written", event.number));
      return std::nullopt;
    }
    if (expected_previous && opened->previous != *expected_previous) {
      find(fmt::format("event {} does not follow the event before it", event.number));
    }
    last_digest_ = crypto::digest(crypto::Digest::sha256, event.sealed);
    return std::move(*opened);
  }

  std::vector<std::string> finish() {
    note_gap(head_->events + 1);
    if (last_digest_ && *last_digest_ != head_->last_event) {
      find(fmt::format("event {} is not the one that the log ended with", head_->events));
    }
    return std::move(findings_);
  }

 private:
  void note_gap(std::uint64_t number) {
    if (number == next_ + 1) find(fmt::format("event {} was taken out of the log", next_));
    if (number > next_ + 1) {
      find(fmt::format("events {} to {} were taken out of the log", next_, number - 1));
    }
    if (number != next_) last_digest_.reset();
    next_ = number + 1;
  }

  Result<LoggedEvent> open(const SealedEvent& event) {
    TRY_ASSIGN(const Secret content, sealer_->open_event(event.number, event.sealed));
    return decode_event(content.reveal());
  }

  void find(std::string finding) { findings_.push_back(std::move(finding)); }

  const Sealer* sealer_;
  const Head* head_;
  std::uint64_t next_ = 1;
  std::optional<std::string> last_digest_ = no_digest();  // absent behind a missing or bad event
  std::vector<std::string> findings_;
};

// Unlock methods are no records: they lie on no shelf.
void remember(std::map<RecordId, Entry>& records, std::uint64_t number, const LoggedEvent& event) {
  if (event.id.kind == to_string(RecordKind::unlock_method)) return;
  if (event.digest.empty()) {
    records.erase(event.id);
    return;
  }
  records.insert_or_assign(event.id, Entry{event.id, number, event.digest});
}

}  // namespace

Secret encode(const LoggedEvent& event) {
  FieldWriter fields(event_version);
  fields.text(Field::previous, event.previous).time(Field::time, event.time);
  fields.text(Field::who, event.who);
  fields.number(Field::change, static_cast<std::uint64_t>(event.change));
  fields.text(Field::kind, event.id.kind).text(Field::name, event.id.name);
  if (!event.digest.empty()) fields.text(Field::digest, event.digest);
  return fields.content();
}

Result<LoggedEvent> decode_event(std::string_view content) {
  FieldReader fields(content);
  if (fields.version() > event_version) {
    return fail(ErrorCode::failed, "an event was written by a newer applink");
  }
  LoggedEvent event;
  event.previous = fields.text(Field::previous);
  event.time = fields.time(Field::time);
  event.who = fields.text(Field::who);
  const std::uint64_t change = fields.number(Field::change);
  event.id = RecordId{fields.text(Field::kind), fields.text(Field::name)};
  event.digest = fields.optional_text(Field::digest).value_or("");
  const bool known_change = change >= static_cast<std::uint64_t>(Change::added) &&
                            change <= static_cast<std::uint64_t>(Change::removed);
  if (fields.version() != event_version || !fields.complete() || !known_change ||
      !is_digest(event.previous) || (!event.digest.empty() && !is_digest(event.digest))) {
    return fail(ErrorCode::failed, "an event cannot be read");
  }
  event.change = static_cast<Change>(change);
  return event;
}

Result<History> walk_log(
    Records& records, const Sealer& sealer, const Head& head,
    const std::function<void(std::uint64_t number, const LoggedEvent&)>& visit) {
  History history;
  ChainWalk walk(sealer, head);
  std::uint64_t next = 1;
  while (true) {
    TRY_ASSIGN(const auto events, records.events(next, events_at_once));
    for (const SealedEvent& sealed : events) {
      const auto event = walk.step(sealed);
      if (!event) continue;
      remember(history.records, sealed.number, *event);
      visit(sealed.number, *event);
    }
    if (events.size() < events_at_once) break;
    next = events.back().number + 1;
  }
  history.findings = walk.finish();
  return history;
}

}  // namespace applink::store
