// The user's browser, started without a shell.
#pragma once

#include <string>

#include "cli/environment.h"

namespace applink::cli {

enum class BrowserStart { started, none };

/// BROWSER's first command, else xdg-open where there is a display. It runs on its own, without
/// our APPLINK_… variables: what it says and whether it succeeds is not seen here.
BrowserStart open_in_browser(const Environment& environment, const std::string& url);

}  // namespace applink::cli
