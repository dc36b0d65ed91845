// The project TEST.
#include "sandbox/issues.h"

#include <algorithm>

#include "applink/base/text.h"

namespace applink::sandbox {

Issues::Issues(Timestamp now)
    : issues_{
          {"10000", "TEST-1", "Sign the first request", "Every link begins with one.", "admin", now,
           now},
          {"10001", "TEST-2", "Rotate the key without an outage", "", "alice", now, now},
          {"10002", "TEST-3", "Grüße aus Zürich – 東京", "Text beyond ASCII.", "bob", now, now}} {}

const Issue* Issues::find(std::string_view key_or_id) const {
  const std::string wanted = to_lower_ascii(key_or_id);
  const auto found = std::find_if(issues_.begin(), issues_.end(), [&wanted](const Issue& issue) {
    return issue.id == wanted || to_lower_ascii(issue.key) == wanted;
  });
  return found == issues_.end() ? nullptr : &*found;
}

void Issues::change(std::string_view key, const Changes& changes, Timestamp now) {
  for (Issue& issue : issues_) {
    if (issue.key != key) continue;
    issue.summary = changes.summary.value_or(issue.summary);
    issue.description = changes.description.value_or(issue.description);
    issue.updated = now;
  }
}

}  // namespace applink::sandbox
