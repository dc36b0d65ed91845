// GET /: what this is, and who is logged in.
#pragma once

#include "sandbox/config.h"
#include "sandbox/incoming.h"
#include "sandbox/site.h"

namespace applink::sandbox {

http::Response home(const Site& site, const User* user);

}  // namespace applink::sandbox
