// Follows a link through the log, also one that is no longer there.
#include "cli/event_selection.h"

#include <algorithm>

#include <fmt/format.h>

#include "applink/base/text.h"

namespace applink::cli {

using store::Change;
using store::RecordKind;

bool EventSelection::takes(const store::Event& event) {
  if (event.kind == RecordKind::link) remember_link(event.name);
  const bool concerned = concerns_link(event);
  return concerned && (!since_ || event.time >= *since_);
}

bool EventSelection::concerns_link(const store::Event& event) {
  if (!link_) return true;
  switch (event.kind) {
    case RecordKind::link:
      if (event.name == *link_) link_exists_ = event.change != Change::removed;
      return event.name == *link_;
    case RecordKind::consumer_secret:
    case RecordKind::token:
    case RecordKind::pending_login:
      return event.name == *link_;
    case RecordKind::setting:
      return link_exists_;
    case RecordKind::store:
    case RecordKind::key:
    case RecordKind::unlock_method:
      return false;
  }
  return false;
}

void EventSelection::remember_link(const std::string& name) {
  if (std::find(links_.begin(), links_.end(), name) == links_.end()) links_.push_back(name);
}

Result<void> EventSelection::check_link_is_known() const {
  if (!link_ || std::find(links_.begin(), links_.end(), *link_) != links_.end()) return {};
  const auto meant = nearest(*link_, links_);
  return fail(ErrorCode::failed, fmt::format("the log knows no link \"{}\"", terminal_safe(*link_)),
              meant ? fmt::format("did you mean \"{}\"?", *meant)
                    : "to see all that happened, run: applink log");
}

}  // namespace applink::cli
