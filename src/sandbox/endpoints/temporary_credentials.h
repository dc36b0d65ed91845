// POST /plugins/servlet/oauth/request-token: temporary credentials, RFC 5849 section 2.1.
#pragma once

#include "sandbox/incoming.h"
#include "sandbox/site.h"

namespace applink::sandbox {

http::Response temporary_credentials(Site& site, const Incoming& incoming);

}  // namespace applink::sandbox
