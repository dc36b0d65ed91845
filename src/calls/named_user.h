// A user whom a call without a token names by itself: it would run as that one, with no proof of
// it.
#pragma once

#include <string>

#include "applink/base/result.h"
#include "applink/http/message.h"
#include "applink/jira/application_link.h"

namespace applink::calls {

/// Refuses what the product would take for such a user, in the query and in a form.
Result<void> check_no_user_named(const http::Request& request, const jira::ApplicationLink& link,
                                 std::string hint);

}  // namespace applink::calls
