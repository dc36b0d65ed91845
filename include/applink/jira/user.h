// Who the product takes us for.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/jira/application_link.h"

namespace applink::jira {

struct User {
  std::string name;          ///< what the person logs in with; never empty
  std::string display_name;  ///< may be empty

  friend bool operator==(const User&, const User&) = default;
};

/// Reads what current_user_url() answers: JSON, but for Bitbucket, which gives the bare name; from
/// a generic provider either. An answer without a user name is a refusal: it was given to someone
/// not logged in.
Result<User> parse_current_user(Product product, std::string_view body);

/// Whether the answer is one of the product's, and says that nobody is logged in.
bool names_nobody(Product product, std::string_view body);

}  // namespace applink::jira
