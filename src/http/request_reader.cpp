// A request from its bytes: the head up to the empty line, then a body of known length or chunks.
#include "http/request_reader.h"

#include <algorithm>
#include <utility>

namespace applink::http {
namespace {

constexpr std::size_t max_head = std::size_t{64} << 10;
constexpr std::size_t max_chunk_line = 256;
constexpr std::size_t max_trailer = std::size_t{8} << 10;

}  // namespace

RequestReader::State RequestReader::feed(std::string_view bytes) {
  if (state_ == State::done || state_ == State::refused) return state_;
  begun_ = begun_ || !bytes.empty();
  buffer_ += bytes;
  if (state_ == State::head) read_head();
  if (state_ == State::body) read_body();
  return state_;
}

void RequestReader::read_head() {
  for (; seen_ < buffer_.size(); ++seen_) {
    if (seen_ >= max_head) return refuse(431, "the head of the request is too long");
    if (buffer_[seen_] != '\n') continue;
    if (seen_ == 0 || buffer_[seen_ - 1] != '\r') {
      return refuse(400, "a line ends without a carriage return");
    }
    if (seen_ == 1 || !std::string_view(buffer_).substr(0, seen_ + 1).ends_with("\r\n\r\n")) {
      continue;
    }
    auto head = parse_request_head(std::string_view(buffer_).substr(0, seen_ - 1));
    if (!head) return refuse(head.error().status, head.error().why);
    head_ = std::move(*head);
    buffer_.erase(0, seen_ + 1);
    return begin_body();
  }
}

void RequestReader::begin_body() {
  if (head_.content_length > max_body_) return refuse(413, "the body is too long");
  state_ = State::body;
}

void RequestReader::read_body() {
  if (head_.chunked) return read_chunked();
  const auto missing = head_.content_length - body_.size();
  body_.append(buffer_, 0, missing);
  buffer_.clear();
  if (body_.size() == head_.content_length) state_ = State::done;
}

void RequestReader::read_chunked() {
  bool more = true;
  while (more && state_ == State::body) {
    switch (chunk_) {
      case Chunk::size:
        more = read_chunk_size();
        break;
      case Chunk::data:
        more = read_chunk_data();
        break;
      case Chunk::end:
        more = read_chunk_end();
        break;
      case Chunk::trailer:
        more = read_trailer();
        break;
    }
  }
}

bool RequestReader::read_chunk_size() {
  const auto line = take_line();
  if (!line) return false;
  const auto size = parse_chunk_size(*line);
  if (!size) {
    refuse(400, "a chunk does not begin with its size");
    return false;
  }
  if (*size > max_body_ - body_.size()) {
    refuse(413, "the body is too long");
    return false;
  }
  chunk_left_ = *size;
  chunk_ = *size == 0 ? Chunk::trailer : Chunk::data;
  return true;
}

bool RequestReader::read_chunk_data() {
  const auto size = std::min(chunk_left_, buffer_.size());
  body_.append(buffer_, 0, size);
  buffer_.erase(0, size);
  chunk_left_ -= size;
  if (chunk_left_ > 0) return false;
  chunk_ = Chunk::end;
  return true;
}

bool RequestReader::read_chunk_end() {
  const auto line = take_line();
  if (!line) return false;
  if (!line->empty()) {
    refuse(400, "a chunk is longer than it says");
    return false;
  }
  chunk_ = Chunk::size;
  return true;
}

/// Trailer fields are read and dropped: nothing here may depend on them.
bool RequestReader::read_trailer() {
  const auto line = take_line();
  if (!line) return false;
  if (line->empty()) {
    state_ = State::done;
    return false;
  }
  trailer_ += line->size();
  if (trailer_ > max_trailer) refuse(431, "there are too many trailer fields");
  return true;
}

/// The next line off the buffer, without its CRLF; none where none is complete yet.
std::optional<std::string> RequestReader::take_line() {
  const auto end = buffer_.find('\n');
  if (std::min(end, buffer_.size()) > max_chunk_line) {
    refuse(400, "a line between chunks is too long");
    return std::nullopt;
  }
  if (end == std::string::npos) return std::nullopt;
  if (end == 0 || buffer_[end - 1] != '\r') {
    refuse(400, "a line ends without a carriage return");
    return std::nullopt;
  }
  auto line = buffer_.substr(0, end - 1);
  buffer_.erase(0, end + 1);
  return line;
}

void RequestReader::refuse(int status, std::string_view why) {
  state_ = State::refused;
  refusal_ = {status, why};
}

}  // namespace applink::http
