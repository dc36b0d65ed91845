// A request put together from the bytes of a connection, in whatever pieces they come.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "http/request_head.h"

namespace applink::http {

/// One reader for one request. Pure: no socket, no clock.
class RequestReader {
 public:
  enum class State { head, body, done, refused };

  explicit RequestReader(std::size_t max_body) : max_body_(max_body) {}

  /// Takes the next bytes. Once done or refused, further ones are ignored.
  State feed(std::string_view bytes);

  [[nodiscard]] State state() const { return state_; }
  /// Whether anything has come at all.
  [[nodiscard]] bool begun() const { return begun_; }
  /// Complete from State::body on.
  [[nodiscard]] const RequestHead& head() const { return head_; }
  /// Complete at State::done; chunks joined.
  [[nodiscard]] const std::string& body() const { return body_; }
  [[nodiscard]] const Refusal& refusal() const { return refusal_; }

 private:
  enum class Chunk { size, data, end, trailer };

  void read_head();
  void begin_body();
  void read_body();
  void read_chunked();
  bool read_chunk_size();
  bool read_chunk_data();
  bool read_chunk_end();
  bool read_trailer();
  std::optional<std::string> take_line();
  void refuse(int status, std::string_view why);

  std::size_t max_body_;
  State state_ = State::head;
  Chunk chunk_ = Chunk::size;
  bool begun_ = false;
  std::size_t seen_ = 0;        ///< bytes of the head already searched for its end
  std::size_t chunk_left_ = 0;  ///< bytes of the present chunk still to come
  std::size_t trailer_ = 0;     ///< bytes of trailer fields so far
  std::string buffer_;          ///< bytes not yet understood
  RequestHead head_;
  std::string body_;
  Refusal refusal_;
};

}  // namespace applink::http
