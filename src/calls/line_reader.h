// Bytes into lines, none of which fills the memory.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "applink/base/result.h"

namespace applink::calls {

class LineReader {
 public:
  /// Fills the beginning of the buffer; 0 is the end.
  using Read = std::function<Result<std::size_t>(std::span<char>)>;

  LineReader(Read read, std::size_t longest) : read_(std::move(read)), longest_(longest) {}

  struct Line {
    std::string text;  ///< without its line end; empty where it is too long
    bool too_long = false;
  };
  /// Absent at the end of the input; a last line needs no line end.
  Result<std::optional<Line>> next();

 private:
  /// False at the end of the input.
  Result<bool> read_more();
  std::optional<Line> line_in_buffer();
  std::optional<Line> last_line();
  Line cut(std::size_t size);

  Read read_;
  std::size_t longest_;
  std::string buffer_;
  std::size_t begin_ = 0;    // of the line that is read now
  std::size_t scanned_ = 0;  // up to here there is no line end
  bool too_long_ = false;    // the line that is read now
};

}  // namespace applink::calls
