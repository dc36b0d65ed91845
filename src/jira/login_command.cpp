// LINK, and the label where it is not the usual one.
#include "applink/jira/login_command.h"

#include <fmt/format.h>

namespace applink::jira {
namespace {

std::string with_label(std::string command, std::string_view user_label) {
  if (user_label != default_user_label) command += fmt::format(" --user {}", user_label);
  return command;
}

}  // namespace

std::string login_command(std::string_view link_name, std::string_view user_label) {
  return with_label(fmt::format("applink login {}", link_name), user_label);
}

std::string renewal_command(std::string_view link_name, std::string_view user_label) {
  return with_label(fmt::format("applink token renew {}", link_name), user_label);
}

}  // namespace applink::jira
