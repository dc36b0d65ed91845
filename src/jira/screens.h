// Where an administrator finds what messages speak of.
#pragma once

#include <string_view>

namespace applink::jira {

inline constexpr std::string_view incoming_authentication =
    "Application links > your link > Incoming authentication";

}  // namespace applink::jira
