// Text in columns, for people; programs read the JSON.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace applink::cli {

using Row = std::vector<std::string>;

/// One line a row, each column as wide as its widest cell. Cells are made safe for a terminal; no
/// line ends in spaces.
std::string aligned(const std::vector<Row>& rows, std::string_view indent = "");

/// The same table for rows that come one by one: each is measured first, then written.
class Columns {
 public:
  void measure(const Row& row);
  [[nodiscard]] std::string line(const Row& row, std::string_view indent = "") const;

 private:
  std::vector<std::size_t> widths_;
};

/// Characters, as a terminal without combining marks counts them.
std::size_t width_of(std::string_view text);
/// At most `width` characters, the last of them "…" where something is left out.
std::string shortened(std::string_view text, std::size_t width);

/// What a word means, a line or more each: the meanings start in one column and are broken between
/// words so that no line is wider than `width` columns, where that can be.
struct Meaning {
  std::string word;
  std::string meaning;
};
std::string explained(const std::vector<Meaning>& meanings, std::size_t width = 80);

/// Prose whose lines all start in `column`, the first of them where it is put, broken between words
/// so that none is wider than `width`, where that can be. What people copy is never broken: a
/// command, and what stands in quotes.
std::string wrapped(std::string_view prose, std::size_t column, std::size_t width);

}  // namespace applink::cli
