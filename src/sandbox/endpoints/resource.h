// /rest and /plugins/servlet/applinks/whoami: the resources that a signed request is tried on.
#pragma once

#include <string_view>

#include "sandbox/config.h"
#include "sandbox/incoming.h"
#include "sandbox/site.h"

namespace applink::sandbox {

bool is_resource(std::string_view path);
/// `user` is null for an anonymous request.
http::Response resource(Site& site, const Incoming& incoming, const User* user);

}  // namespace applink::sandbox
