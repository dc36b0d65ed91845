// A screen of the other side, as a person reads it beside that screen.
#pragma once

#include <cstddef>
#include <string>

#include "applink/jira/admin_screens.h"

namespace applink::cli {

/// No line is wider than `width`, where that can be. What is pasted stands by itself at the left
/// edge, and so does a URL: a person who copies lines of a terminal copies no blank with them. No
/// line end behind the last.
std::string text_of(const jira::Screen& screen, std::size_t width);

}  // namespace applink::cli
