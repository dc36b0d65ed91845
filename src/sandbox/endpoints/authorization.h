// GET and POST /plugins/servlet/oauth/authorize: the user decides, RFC 5849 section 2.2.
#pragma once

#include "sandbox/incoming.h"
#include "sandbox/site.h"

namespace applink::sandbox {

inline constexpr std::string_view authorization_path = "/plugins/servlet/oauth/authorize";

http::Response authorization(Site& site, const Incoming& incoming);

}  // namespace applink::sandbox
