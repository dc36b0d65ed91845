// QR codes: text as squares, and squares as characters of a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "applink/base/result.h"

namespace applink::cli {

/// The squares of a QR code, row by row, without the quiet zone around them.
struct QrCode {
  std::size_t size = 0;    ///< of a side
  std::vector<bool> dark;  ///< size * size

  [[nodiscard]] bool is_dark(std::size_t row, std::size_t column) const {
    return dark[row * size + column];
  }
};

/// The smallest code that holds `text`; a screen damages nothing, so little is spent on repair.
Result<QrCode> qr_code(std::string_view text);

enum class QrInk {
  black_on_white,  ///< by escape sequences: the same on every terminal
  of_terminal,     ///< its own colour, for the light squares: right on a dark terminal
};

/// Lines of half blocks, two rows of squares a line, with the quiet zone that readers need.
std::vector<std::string> drawn(const QrCode& code, QrInk ink);

/// Columns that drawn() takes.
std::size_t drawn_width(const QrCode& code);

}  // namespace applink::cli
