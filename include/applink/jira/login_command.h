// The command lines that make a new token, as hints name them.
#pragma once

#include <string>
#include <string_view>

#include "applink/jira/application_link.h"

namespace applink::jira {

/// "applink login prod", "applink login prod --user second": whoever has the label has to hand it
/// in, or the advice would renew somebody else's token.
std::string login_command(std::string_view link_name,
                          std::string_view user_label = default_user_label);

/// "applink token renew prod": without the user, while the session behind the token lives.
std::string renewal_command(std::string_view link_name,
                            std::string_view user_label = default_user_label);

}  // namespace applink::jira
