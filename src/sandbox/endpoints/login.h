// GET and POST /login.jsp: who sits at the browser.
#pragma once

#include "sandbox/incoming.h"
#include "sandbox/site.h"

namespace applink::sandbox {

http::Response login(Site& site, const Incoming& incoming);

}  // namespace applink::sandbox
