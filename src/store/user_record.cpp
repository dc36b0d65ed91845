// LINK/LABEL, put together and taken apart.
#include "store/user_record.h"

#include <cassert>

#include "applink/jira/application_link.h"

namespace applink::store {

Result<std::string> user_record_name(std::string_view link, std::string_view user_label) {
  TRY(jira::check_name("link", link));
  TRY(jira::check_name("user label", user_label));
  return std::string(link).append("/").append(user_label);
}

UserRecord split_user_record_name(std::string_view name) {
  const std::size_t slash = name.find('/');
  assert(slash != std::string_view::npos);
  return {std::string(name.substr(0, slash)), std::string(name.substr(slash + 1))};
}

}  // namespace applink::store
