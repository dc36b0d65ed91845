// Aligns columns, and breaks long texts between words.
#include "cli/layout.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "applink/base/text.h"

namespace applink::cli {
namespace {

bool begins_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

std::size_t end_of_word(std::string_view text) {
  return std::min(text.find(' '), text.size());
}

/// The same, but a command is one word up to a semicolon, and so is what stands in quotes.
std::size_t end_of_copied(std::string_view text) {
  constexpr std::array<std::string_view, 6> commands{"applink ", "sudo ",  "openssl ",
                                                     "chmod ",   "chown ", "cp "};
  const bool is_command = std::any_of(commands.begin(), commands.end(),
                                      [&](std::string_view c) { return text.starts_with(c); });
  if (is_command) return std::min(text.find("; "), text.size() - 1) + 1;
  const bool is_quoted = text.starts_with('\'') || text.starts_with('"');
  const auto closing = is_quoted ? text.find(text.front(), 1) : std::string_view::npos;
  if (closing == std::string_view::npos) return end_of_word(text);
  return closing + end_of_word(text.substr(closing));
}

/// Broken between words; a word that is wider stays whole. At least one piece.
std::vector<std::string> pieces_of(std::string_view text, std::size_t width,
                                   std::size_t (*end_of)(std::string_view) = end_of_word) {
  std::vector<std::string> pieces(1);
  while (!text.empty()) {
    const auto end = end_of(text);
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    std::string& piece = pieces.back();
    if (piece.empty()) {
      piece = word;
    } else if (width_of(piece) + 1 + width_of(word) <= width) {
      piece += fmt::format(" {}", word);
    } else {
      pieces.emplace_back(word);
    }
  }
  return pieces;
}

}  // namespace

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string shortened(std::string_view text, std::size_t width) {
  if (width_of(text) <= width) return std::string(text);
  std::size_t kept = 0;
  for (std::size_t characters = 0; kept < text.size(); ++kept) {
    if (begins_character(text[kept]) && ++characters == width) break;
  }
  return std::string(text.substr(0, kept)) + "…";
}

void Columns::measure(const Row& row) {
  widths_.resize(std::max(widths_.size(), row.size()));
  for (std::size_t i = 0; i < row.size(); ++i) {
    widths_[i] = std::max(widths_[i], width_of(terminal_safe(row[i])));
  }
}

std::string Columns::line(const Row& row, std::string_view indent) const {
  constexpr std::size_t gap = 2;
  std::string line(indent);
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::string cell = terminal_safe(row[i]);
    const std::size_t width = i < widths_.size() ? widths_[i] : 0;
    line += cell;
    line.append(std::max(width, width_of(cell)) - width_of(cell) + gap, ' ');
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string aligned(const std::vector<Row>& rows, std::string_view indent) {
  Columns columns;
  for (const Row& row : rows) columns.measure(row);
  std::string text;
  for (const Row& row : rows) text += columns.line(row, indent);
  return text;
}

std::string explained(const std::vector<Meaning>& meanings, std::size_t width) {
  constexpr std::string_view indent = "  ";
  std::size_t column = 0;
  for (const auto& [word, meaning] : meanings) column = std::max(column, width_of(word));
  column += 2 * indent.size();
  std::string text;
  for (const auto& [word, meaning] : meanings) {
    std::string line = fmt::format("{}{}", indent, word);
    line.append(column - width_of(line), ' ');
    for (const std::string& piece : pieces_of(meaning, width - std::min(width, column))) {
      line += piece;
      line.erase(line.find_last_not_of(' ') + 1);
      text += line + "\n";
      line.assign(column, ' ');
    }
  }
  return text;
}

std::string wrapped(std::string_view prose, std::size_t column, std::size_t width) {
  constexpr std::size_t narrowest = 20;  // with fewer columns, breaking makes it no better
  if (width < column + narrowest) return std::string(prose);
  const auto separator = "\n" + std::string(column, ' ');
  const auto lines = pieces_of(prose, width - column, end_of_copied);
  return fmt::format("{}", fmt::join(lines, separator));
}

}  // namespace applink::cli
