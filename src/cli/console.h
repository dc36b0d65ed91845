// The one place that writes to standard output and standard error.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "applink/base/error.h"
#include "applink/base/result.h"

namespace applink::cli {

enum class Color { automatic, always, never };
enum class Narration { told, muted };

/// The answer goes to standard output, everything that is said about it to standard error.
class Console {
 public:
  explicit Console(Color color) : color_(color) {}
  void set_color(Color color) { color_ = color; }
  void set_narration(Narration narration) { narration_ = narration; }

  /// Exactly these bytes. An answer that does not arrive (a full disk, a closed pipe) is an error.
  [[nodiscard]] Result<void> answer(std::string_view bytes);

  /// A line about what happens, muted by --quiet.
  void narrate(std::string_view line);
  /// A line that nobody may miss, whatever is muted.
  void insist(std::string_view line);
  void warn(std::string_view message);
  /// The same for what failed without harm, with its hint.
  void warn(const Error& error);
  void complain(const Error& error);

  /// A line about work under way, for a terminal alone and muted like narration: the next one takes
  /// its place, an empty one leaves nothing there.
  void show_progress(std::string_view line);

  /// Whether what is said may be in colour.
  [[nodiscard]] bool colored() const;
  /// Whether the answer may be.
  [[nodiscard]] bool answer_colored() const;
  /// Whether --color always asks for colour wherever it goes.
  [[nodiscard]] bool always_colored() const { return color_ == Color::always; }
  /// Columns of the terminal where all this is said; absent where there is none.
  [[nodiscard]] static std::optional<std::size_t> width();

  /// Whether the answer goes to a terminal, where a private key must not appear by accident.
  [[nodiscard]] static bool answers_to_terminal();

 private:
  void advise(std::string_view hint);
  void label(std::string_view word, std::string_view color_code, std::string_view text);

  Color color_;
  Narration narration_ = Narration::told;
};

}  // namespace applink::cli
