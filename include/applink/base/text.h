// Text for people: foreign bytes made harmless, near misses found.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace applink {

/// `text` as it may reach a terminal: control characters, broken UTF-8 and the characters that turn
/// the writing direction become visible escapes (\n, \t, \x1b, \u202e).
std::string terminal_safe(std::string_view text);
/// The same for text of several lines: \n and \t stay, and \r\n is an \n.
std::string terminal_safe_lines(std::string_view text);

/// The candidate nearest to `word` where one is near enough to be meant (at most a third of its
/// letters differ, swaps counted once).
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

std::string to_lower_ascii(std::string_view text);
std::string_view trim_ascii(std::string_view text);

}  // namespace applink
