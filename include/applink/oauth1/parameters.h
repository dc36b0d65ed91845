// Names and values in the order in which they were given: a name may be repeated.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace applink::oauth1 {

/// Decoded: neither name nor value is percent-encoded.
struct Parameter {
  std::string name;
  std::string value;

  friend bool operator==(const Parameter&, const Parameter&) = default;
  /// By name, then by value, in the order of their bytes.
  friend bool operator<(const Parameter& a, const Parameter& b) {
    return std::tie(a.name, a.value) < std::tie(b.name, b.value);
  }
};

using Parameters = std::vector<Parameter>;

/// The value of the first parameter of that name, valid as long as `parameters`.
std::optional<std::string_view> find(const Parameters& parameters, std::string_view name);
std::size_t count(const Parameters& parameters, std::string_view name);

}  // namespace applink::oauth1
