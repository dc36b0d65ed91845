// LINK, and the label where it is not the usual one.
#include "applink/jira/login_command.h"

#include <fmt/format.h>

namespace applink::jira {

std::string login_command(std::string_view link_name, std::string_view user_label) {
  if (user_label == default_user_label) return fmt::format("applink login {}", link_name);
  return fmt::format("applink login {} --user {}", link_name, user_label);
}

}  // namespace applink::jira
