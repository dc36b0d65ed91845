// Where a redirect leads, fit to be told.
#pragma once

#include <optional>
#include <string>

#include "applink/http/message.h"

namespace applink::http {

/// What Location names, safe for a terminal and cut where it is long; absent where there is none.
/// Without query and fragment: a proxy repeats ours there, and with it the credentials of a request
/// that is signed in its query.
std::optional<std::string> redirect_target(const Headers& headers);

}  // namespace applink::http
