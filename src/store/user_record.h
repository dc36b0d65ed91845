// The names of records that belong to a user of a link: LINK/LABEL.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"

namespace applink::store {

/// Refuses what jira::check_name() refuses: the slash between the two is the only one.
Result<std::string> user_record_name(std::string_view link, std::string_view user_label);

struct UserRecord {
  std::string link;
  std::string user_label;
};

UserRecord split_user_record_name(std::string_view name);

}  // namespace applink::store
