// What a redirect gives away.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/jira/application_link.h"

namespace applink::jira {

/// The base URL under which `location` has the path that `asked` has under the link's own; absent
/// where the redirect leads to something else.
std::optional<std::string> base_url_in_redirect(const ApplicationLink& link, const http::Url& asked,
                                                std::string_view location);

}  // namespace applink::jira
