// A handful of issues to read, search and change; they last as long as the process.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/clock.h"

namespace applink::sandbox {

struct Issue {
  std::string id;
  std::string key;
  std::string summary;
  std::string description;
  std::string creator;  ///< a user's name
  Timestamp created;
  Timestamp updated;
};

struct Changes {
  std::optional<std::string> summary;
  std::optional<std::string> description;
};

class Issues {
 public:
  explicit Issues(Timestamp now);

  /// By key in any case, or by id; null where there is none.
  [[nodiscard]] const Issue* find(std::string_view key_or_id) const;
  [[nodiscard]] const std::vector<Issue>& all() const { return issues_; }
  /// `key` is one that find() gave.
  void change(std::string_view key, const Changes& changes, Timestamp now);

 private:
  std::vector<Issue> issues_;
};

}  // namespace applink::sandbox
