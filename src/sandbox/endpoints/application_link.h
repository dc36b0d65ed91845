// /rest/applinks and /rest/applinks-oauth: what an administrator's program sets up.
#pragma once

#include <string_view>

#include "sandbox/config.h"
#include "sandbox/incoming.h"
#include "sandbox/site.h"

namespace applink::sandbox {

bool is_application_link(std::string_view path);

/// `user` is null for an anonymous request.
http::Response application_link(Site& site, const Incoming& incoming, const User* user);

}  // namespace applink::sandbox
