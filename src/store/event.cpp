// The words of the event log.
#include "applink/store/event.h"

namespace applink::store {

std::string_view to_string(RecordKind kind) {
  switch (kind) {
    case RecordKind::store:
      return "store";
    case RecordKind::key:
      return "key";
    case RecordKind::link:
      return "link";
    case RecordKind::consumer_secret:
      return "consumer secret";
    case RecordKind::token:
      return "token";
    case RecordKind::pending_login:
      return "pending login";
    case RecordKind::setting:
      return "setting";
    case RecordKind::unlock_method:
      return "unlock method";
  }
  return "";
}

std::string_view to_string(Change change) {
  switch (change) {
    case Change::added:
      return "added";
    case Change::replaced:
      return "replaced";
    case Change::removed:
      return "removed";
  }
  return "";
}

}  // namespace applink::store
