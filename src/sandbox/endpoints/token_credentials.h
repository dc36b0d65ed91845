// POST /plugins/servlet/oauth/access-token: token credentials, RFC 5849 section 2.3, and their
// renewal by session handle.
#pragma once

#include "sandbox/incoming.h"
#include "sandbox/site.h"

namespace applink::sandbox {

http::Response token_credentials(Site& site, const Incoming& incoming);

}  // namespace applink::sandbox
