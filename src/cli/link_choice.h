// Which link a command means.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/jira/application_link.h"
#include "cli/context.h"

namespace applink::cli {

/// The link that is named, else that of APPLINK_LINK, the default one, or the only one there is.
Result<jira::ApplicationLink> chosen_link(Context& context,
                                          const std::optional<std::string>& named);

/// The same for a call: a whole URL names its link by itself. Where several links share its base
/// URL, the default one is meant, else the only one that has a token under this user label.
Result<jira::ApplicationLink> link_for_call(Context& context,
                                            const std::optional<std::string>& named,
                                            std::string_view path_or_url,
                                            const std::string& user_label);

}  // namespace applink::cli
