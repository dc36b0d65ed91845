// The frame that every page stands in.
#pragma once

#include <string>
#include <string_view>

namespace applink::pages {

/// What a person sees at a glance.
enum class Sign { good, bad, attention };

/// A whole page in HTML, without script or anything from elsewhere. All of it is markup: whoever
/// writes foreign text into it escapes that first.
struct Page {
  std::string title;   ///< of the window
  std::string main;    ///< with the one h1
  std::string footer;  ///< a sentence about who speaks here
};
std::string html(const Page& page);

/// A round picture of one of the signs. It says nothing that the heading does not say.
std::string_view picture(Sign sign);

}  // namespace applink::pages
