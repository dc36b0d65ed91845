// Encodes by libqrencode, and draws two squares with each character.
#include "cli/qr_code.h"

#include <memory>

#include <fmt/format.h>
#include <qrencode.h>

namespace applink::cli {
namespace {

// ISO/IEC 18004, 9.1: four squares on each side.
constexpr std::size_t quiet_zone = 4;

// The two of the 256 colours that no theme alters.
constexpr std::string_view black_on_white = "\x1b[38;5;16;48;5;231m";
constexpr std::string_view as_before = "\x1b[0m";

/// A square of the drawing; outside the code all is light.
bool is_dark(const QrCode& code, std::size_t row, std::size_t column) {
  const bool inside = row >= quiet_zone && row < quiet_zone + code.size && column >= quiet_zone &&
                      column < quiet_zone + code.size;
  return inside && code.is_dark(row - quiet_zone, column - quiet_zone);
}

enum class Square { left_out, drawn };

std::string_view character_of(Square upper, Square lower) {
  if (upper == lower) return upper == Square::drawn ? "█" : " ";
  return upper == Square::drawn ? "▀" : "▄";
}

}  // namespace

Result<QrCode> qr_code(std::string_view text) {
  constexpr int smallest = 0;
  const auto bytes = reinterpret_cast<const unsigned char*>(text.data());
  const std::unique_ptr<QRcode, decltype(&::QRcode_free)> code(
      ::QRcode_encodeData(static_cast<int>(text.size()), bytes, smallest, QR_ECLEVEL_L),
      ::QRcode_free);
  if (!code) {
    return fail(ErrorCode::failed, fmt::format("no QR code holds {} bytes", text.size()),
                "open the URL as it is printed");
  }
  QrCode squares;
  squares.size = static_cast<std::size_t>(code->width);
  squares.dark.reserve(squares.size * squares.size);
  for (std::size_t i = 0; i < squares.size * squares.size; ++i) {
    squares.dark.push_back((code->data[i] & 1U) != 0);
  }
  return squares;
}

std::size_t drawn_width(const QrCode& code) {
  return code.size + 2 * quiet_zone;
}

std::vector<std::string> drawn(const QrCode& code, QrInk ink) {
  const bool inked = ink == QrInk::black_on_white;
  // Whichever squares are drawn, the others are the ground: dark ones on white, or light ones.
  const auto square = [&](std::size_t row, std::size_t column) {
    return is_dark(code, row, column) == inked ? Square::drawn : Square::left_out;
  };
  std::vector<std::string> lines;
  for (std::size_t row = 0; row < drawn_width(code); row += 2) {
    std::string line(inked ? black_on_white : "");
    for (std::size_t column = 0; column < drawn_width(code); ++column) {
      line += character_of(square(row, column), square(row + 1, column));
    }
    line += inked ? as_before : "";
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace applink::cli
