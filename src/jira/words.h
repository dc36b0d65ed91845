// Tables of the words that users type for the values of an enumeration.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/base/result.h"
#include "applink/base/text.h"

namespace applink::jira {

template <class T, std::size_t N>
using Words = std::array<std::pair<T, std::string_view>, N>;

template <class T, std::size_t N>
std::string_view word_of(const Words<T, N>& words, T value) {
  for (const auto& [known, word] : words) {
    if (known == value) return word;
  }
  return {};
}

/// `what` is for the message: "a product". The hint names the nearest word, or all of them.
template <class T, std::size_t N>
Result<T> value_named(const Words<T, N>& words, std::string_view what, std::string_view typed) {
  std::vector<std::string> all;
  for (const auto& [value, word] : words) {
    if (word == typed) return value;
    all.emplace_back(word);
  }
  // One letter is as near to any other.
  const auto meant = typed.size() > 1 ? nearest(typed, all) : std::nullopt;
  return fail(ErrorCode::usage, fmt::format("\"{}\" is not {}", terminal_safe(typed), what),
              meant ? fmt::format("did you mean {}?", *meant)
                    : fmt::format("one of: {}", fmt::join(all, ", ")));
}

}  // namespace applink::jira
