// Who is calling, as each product says it.
#pragma once

#include "sandbox/config.h"
#include "sandbox/incoming.h"
#include "sandbox/site.h"

namespace applink::sandbox {

inline constexpr std::string_view whoami_path = "/plugins/servlet/applinks/whoami";

/// The bare name, on every product; nothing for an anonymous request.
http::Response whoami(const User* user);
/// Jira's /rest/api/2/myself: 401 for nobody.
http::Response myself(const Site& site, const Incoming& incoming, const User* user);
/// Confluence's /rest/api/user/current: nobody is a user of the type anonymous.
http::Response confluence_user(const Site& site, const User* user);
/// Bamboo's /rest/api/latest/currentUser: 401 for nobody.
http::Response bamboo_user(const User* user);

}  // namespace applink::sandbox
