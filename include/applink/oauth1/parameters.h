// Names and values in the order in which they were given: a name may be repeated.
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace applink::oauth1 {

/// Decoded: neither name nor value is percent-encoded.
struct Parameter {
  std::string name;
  std::string value;

  friend auto operator<=>(const Parameter&, const Parameter&) = default;
};

using Parameters = std::vector<Parameter>;

/// The value of the first parameter of that name, valid as long as `parameters`.
std::optional<std::string_view> find(const Parameters& parameters, std::string_view name);
std::size_t count(const Parameters& parameters, std::string_view name);

}  // namespace applink::oauth1
