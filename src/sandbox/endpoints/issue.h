// /rest/api/2/issue/KEY: read with GET, changed with PUT.
#pragma once

#include <string_view>

#include "sandbox/config.h"
#include "sandbox/incoming.h"
#include "sandbox/site.h"

namespace applink::sandbox {

http::Response issue(Site& site, const Incoming& incoming, std::string_view key, const User* user);

}  // namespace applink::sandbox
