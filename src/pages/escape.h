// Foreign text in HTML.
#pragma once

#include <string>
#include <string_view>

namespace applink::pages {

/// `text`, which is UTF-8, with the five characters that HTML reads as markup escaped: for content
/// and for attributes in quotes.
std::string escape_html(std::string_view text);

}  // namespace applink::pages
