// How every page looks that a person meets here, and the name under which a policy lets it.
#pragma once

#include <string>
#include <string_view>

namespace applink::pages {

/// The one style sheet, written into every page: light and dark, from a telephone to a desk.
std::string_view style();

/// What stands in a page, a script or a style sheet, as Content-Security-Policy names it:
/// 'sha256-...'.
std::string source_of(std::string_view content);
/// That of the style sheet.
std::string style_source();

}  // namespace applink::pages
