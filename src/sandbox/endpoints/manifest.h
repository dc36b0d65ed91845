// What the product says of itself, to everybody.
#pragma once

#include "sandbox/incoming.h"
#include "sandbox/site.h"

namespace applink::sandbox {

/// Jira's /rest/api/2/serverInfo.
http::Response server_info(const Site& site);

/// /rest/applinks/1.0/manifest of every product: XML, unless JSON is asked for.
http::Response manifest(const Site& site, const Incoming& incoming);

}  // namespace applink::sandbox
