// The vault as a whole: what it is, what happened in it, whether it is whole.
#include "applink/store/vault.h"

#include <cassert>
#include <utility>

#include "store/sealed_records.h"
#include "store/sqlite_records.h"
#include "store/unlock.h"
#include "store/unlock_access.h"
#include "store/user_record.h"

namespace applink::store {
namespace {

RecordKind kind_named(std::string_view word) {
  for (const RecordKind kind :
       {RecordKind::key, RecordKind::link, RecordKind::consumer_secret, RecordKind::token,
        RecordKind::pending_login, RecordKind::setting, RecordKind::unlock_method}) {
    if (to_string(kind) == word) return kind;
  }
  return RecordKind::store;
}

Event as_event(std::uint64_t number, const LoggedEvent& logged) {
  Event event;
  event.number = number;
  event.time = logged.time;
  event.who = logged.who;
  event.change = logged.change;
  event.kind = kind_named(logged.id.kind);
  event.name = logged.id.name;
  if (event.kind == RecordKind::token || event.kind == RecordKind::pending_login) {
    auto [link, user_label] = split_user_record_name(logged.id.name);
    event.name = std::move(link);
    event.user_label = std::move(user_label);
  }
  return event;
}

}  // namespace

Vault::Vault(std::unique_ptr<SealedRecords> records, StoreLocation location,
             std::optional<std::string> notice)
    : records_(std::move(records)), location_(std::move(location)), notice_(std::move(notice)) {}

Vault::~Vault() = default;

UnlockMethods Vault::unlock_methods() const {
  assert(unlock_access_ != nullptr);
  return UnlockMethods(*unlock_access_);
}

Result<StoreInfo> Vault::info() const {
  StoreInfo info;
  info.database = location_.database;
  if (unlock_access_) info.unlock_method = to_string(unlock_access_->opened_by);
  info.read_only = records_->read_only();
  TRY(records_->transact(Access::read, [&]() -> Result<void> {
    TRY_ASSIGN(const LoggedEvent first, records_->first_event());
    info.created = first.time;
    info.format_version = records_->format();
    TRY_ASSIGN(const auto unlock, records_->unlock_rows());
    for (const WrappedKey& row : unlock.good) info.unlock_methods.push_back(row.method);
    if (find_row(unlock.good, key_file_method) != nullptr) info.key_file = location_.key_file;
    TRY_ASSIGN(info.events, records_->event_count());
    TRY_ASSIGN(info.keys, records_->count(RecordKind::key));
    TRY_ASSIGN(info.links, records_->count(RecordKind::link));
    TRY_ASSIGN(info.tokens, records_->count(RecordKind::token));
    TRY_ASSIGN(info.pending_logins, records_->count(RecordKind::pending_login));
    return {};
  }));
  return info;
}

Result<std::vector<Event>> Vault::events() const {
  std::vector<Event> events;
  TRY(visit_events([&](const Event& event) -> Result<void> {
    events.push_back(event);
    return {};
  }));
  return events;
}

Result<void> Vault::visit_events(const std::function<Result<void>(const Event&)>& visit) const {
  return records_->visit_events([&](const SealedRecords::NumberedEvent& logged) {
    return visit(as_event(logged.number, logged.event));
  });
}

Result<std::vector<std::string>> Vault::check() const {
  return records_->check();
}

}  // namespace applink::store
