// /rest/api/2/search: JQL in the query of a GET, or in the document of a POST.
#pragma once

#include "sandbox/config.h"
#include "sandbox/incoming.h"
#include "sandbox/site.h"

namespace applink::sandbox {

/// Who is anonymous finds nothing.
http::Response search_issues(const Site& site, const Incoming& incoming, const User* user);

}  // namespace applink::sandbox
