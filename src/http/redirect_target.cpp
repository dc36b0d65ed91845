// Of a Location header, what can be shown to anybody.
#include "http/redirect_target.h"

#include "applink/base/text.h"

namespace applink::http {

std::optional<std::string> redirect_target(const Headers& headers) {
  constexpr std::size_t longest_shown = 300;
  const auto location = headers.find("Location").value_or("");
  if (location.empty()) return std::nullopt;
  const auto place = location.substr(0, location.find_first_of("?#"));
  return terminal_safe(place.substr(0, longest_shown));
}

}  // namespace applink::http
