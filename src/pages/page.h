// The frame that every page stands in.
#pragma once

#include <string>
#include <string_view>

namespace applink::pages {

/// What a person sees at a glance.
enum class Sign { good, bad, attention };

/// A message that fits on a card, or a text to read.
enum class Shape { card, text };

/// A whole page in HTML, without anything from elsewhere. All of it is markup: whoever writes
/// foreign text into it escapes that first.
struct Page {
  std::string title;   ///< of the window
  std::string main;    ///< with the one h1
  std::string footer;  ///< a sentence about who speaks here
  Shape shape = Shape::card;
};
std::string html(const Page& page);

/// The same as a file that a browser opens by itself: its policy stands in it, and `script` is the
/// only one that may run.
std::string html_file(const Page& page, std::string_view script);
/// A round picture of one of the signs. It says nothing that the heading does not say.
std::string_view picture(Sign sign);

}  // namespace applink::pages
