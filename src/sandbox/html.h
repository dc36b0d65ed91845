// Text on its way into a page.
#pragma once

#include <string>
#include <string_view>

namespace applink::sandbox {

/// Text as it may stand between tags and in quoted attributes: no character of it is markup, and
/// bytes that are no UTF-8 become U+FFFD.
std::string escape_html(std::string_view text);

}  // namespace applink::sandbox
