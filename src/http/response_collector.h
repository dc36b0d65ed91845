// A response put together from the header lines and body pieces that a client library hands over.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

#include "applink/http/message.h"

namespace applink::http {

/// Keeps the last head that came (one before it, such as "100 Continue", is dropped) and the body,
/// within limits. Trailer fields are dropped. Nothing is thrown: the client library is written in
/// C.
class ResponseCollector {
 public:
  explicit ResponseCollector(std::size_t max_body) : max_body_(max_body) {}

  /// A status line, a field or the empty line, with its line end. False where a limit is passed, or
  /// the memory is out.
  [[nodiscard]] bool take_header_line(std::string_view line) noexcept;
  [[nodiscard]] bool take_body(std::string_view bytes) noexcept;

  /// Whether anything has come at all.
  [[nodiscard]] bool begun() const { return header_bytes_ > 0; }
  /// Whether a head came to its end.
  [[nodiscard]] bool has_head() const { return begun() && !in_head_; }
  /// What came so far.
  [[nodiscard]] const Headers& headers() const { return response_.headers; }
  /// Whether a limit was passed.
  [[nodiscard]] bool overflowed() const { return overflowed_; }
  /// Whether there was no memory for what came.
  [[nodiscard]] bool out_of_memory() const { return out_of_memory_; }
  [[nodiscard]] Response response() && { return std::move(response_); }

 private:
  void keep_header_line(std::string_view text);
  void begin_head(std::string_view status_line);
  void take_field(std::string_view line);

  std::size_t max_body_;
  std::size_t header_bytes_ = 0;
  bool in_head_ = false;
  bool overflowed_ = false;
  bool out_of_memory_ = false;
  Response response_;
};

}  // namespace applink::http
