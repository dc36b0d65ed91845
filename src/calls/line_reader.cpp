// A buffer that grows to the longest line and not further.
#include "calls/line_reader.h"

#include <utility>

namespace applink::calls {
namespace {

constexpr std::size_t portion = std::size_t{64} << 10;

}  // namespace

Result<std::optional<LineReader::Line>> LineReader::next() {
  while (true) {
    if (auto line = line_in_buffer()) return line;
    TRY_ASSIGN(const bool more, read_more());
    if (!more) return last_line();
  }
}

Result<bool> LineReader::read_more() {
  buffer_.erase(0, begin_);
  scanned_ -= begin_;
  begin_ = 0;
  if (too_long_ || buffer_.size() > longest_) {
    too_long_ = true;
    buffer_.clear();
    scanned_ = 0;
  }
  const std::size_t filled = buffer_.size();
  buffer_.resize(filled + portion);
  auto got = read_({buffer_.data() + filled, portion});
  buffer_.resize(filled + got.value_or(0));
  if (!got) return tl::unexpected(std::move(got).error());
  return *got > 0;
}

std::optional<LineReader::Line> LineReader::line_in_buffer() {
  const auto end = buffer_.find('\n', scanned_);
  if (end == std::string::npos) {
    scanned_ = buffer_.size();
    return std::nullopt;
  }
  Line line = cut(end - begin_);
  begin_ = scanned_ = end + 1;
  return line;
}

std::optional<LineReader::Line> LineReader::last_line() {
  if (buffer_.empty() && !too_long_) return std::nullopt;
  Line line = cut(buffer_.size());
  buffer_.clear();
  scanned_ = 0;
  return line;
}

LineReader::Line LineReader::cut(std::size_t size) {
  if (std::exchange(too_long_, false) || size > longest_) return {{}, true};
  return {buffer_.substr(begin_, size), false};
}

}  // namespace applink::calls
