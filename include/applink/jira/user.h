// Who the product takes us for.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"

namespace applink::jira {

struct User {
  std::string name;          ///< what the person logs in with; never empty
  std::string display_name;  ///< may be empty

  friend bool operator==(const User&, const User&) = default;
};

/// Reads what current_user_url() answers: the JSON of Jira, Confluence and Bamboo, the bare name of
/// Bitbucket. An answer without a user name is a refusal: it came from someone not logged in.
Result<User> parse_current_user(std::string_view body);

}  // namespace applink::jira
