// Verbs and objects: most things are added, replaced and removed, some have words of their own.
#include "cli/event_description.h"

#include <string_view>

#include <fmt/format.h>

#include "applink/store/token.h"

namespace applink::cli {
namespace {

using store::Change;
using store::Event;
using store::RecordKind;

/// Of the three changes.
struct Verbs {
  std::string_view added;
  std::string_view replaced;
  std::string_view removed;
};

std::string_view chosen(const Verbs& verbs, Change change) {
  if (change == Change::added) return verbs.added;
  return change == Change::replaced ? verbs.replaced : verbs.removed;
}

/// "prod", or "prod (ci)" where a user label was given.
std::string link_and_user(const Event& event) {
  if (event.user_label == store::default_user_label) return event.name;
  return fmt::format("{} ({})", event.name, event.user_label);
}

std::string about_store(const Event& event) {
  if (event.name.empty()) return "made the store";
  return fmt::format("took the store to {}", event.name);
}

std::string about_default_link(const Event& event) {
  return std::string(
      chosen({"set the default link", "set the default link anew", "unset the default link"},
             event.change));
}

}  // namespace

std::string in_words(const Event& event) {
  constexpr Verbs usual{"added", "replaced", "removed"};
  constexpr Verbs of_link{"added", "changed", "removed"};
  constexpr Verbs of_login{"began a login at", "updated the login at", "ended the login at"};
  switch (event.kind) {
    case RecordKind::store:
      return about_store(event);
    case RecordKind::link:
      return fmt::format("{} the link {}", chosen(of_link, event.change), event.name);
    case RecordKind::consumer_secret:
      return fmt::format("{} the consumer secret of {}", chosen(usual, event.change), event.name);
    case RecordKind::token:
      return fmt::format("{} the token of {}", chosen(usual, event.change), link_and_user(event));
    case RecordKind::pending_login:
      return fmt::format("{} {}", chosen(of_login, event.change), link_and_user(event));
    case RecordKind::setting:
      return about_default_link(event);
    case RecordKind::key:
    case RecordKind::unlock_method:
      break;
  }
  return fmt::format("{} the {} {}", chosen(usual, event.change), to_string(event.kind),
                     event.name);
}

Json json_of(const Event& event) {
  Json object;
  object["number"] = event.number;
  object["time"] = json_time(event.time);
  object["who"] = event.who;
  object["change"] = to_string(event.change);
  object["kind"] = to_string(event.kind);
  object["name"] = json_or_null(event.name);
  object["user_label"] = json_or_null(event.user_label);
  return object;
}

}  // namespace applink::cli
