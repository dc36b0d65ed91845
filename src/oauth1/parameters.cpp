// Looking parameters up by name.
#include "applink/oauth1/parameters.h"

#include <algorithm>

namespace applink::oauth1 {

std::optional<std::string_view> find(const Parameters& parameters, std::string_view name) {
  for (const Parameter& parameter : parameters) {
    if (parameter.name == name) return parameter.value;
  }
  return std::nullopt;
}

std::size_t count(const Parameters& parameters, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(parameters.begin(), parameters.end(),
                    [name](const Parameter& parameter) { return parameter.name == name; }));
}

}  // namespace applink::oauth1
