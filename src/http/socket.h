// Sockets on loopback, and waiting for them with a deadline and a way to be called off.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "applink/base/result.h"

namespace applink::http {

using Deadline = std::chrono::steady_clock::time_point;

/// Owns a file descriptor, or none.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();

  [[nodiscard]] int number() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

/// A flag that a waiting thread notices at once. Raised once, never lowered.
class StopSignal {
 public:
  StopSignal();
  void raise();
  [[nodiscard]] bool raised() const;
  [[nodiscard]] int number() const { return event_.number(); }

 private:
  Descriptor event_;
};

struct Listeners {
  Descriptor ipv4;
  Descriptor ipv6;  ///< none where the machine has no IPv6
  std::uint16_t port = 0;
};

/// Non-blocking listeners on 127.0.0.1 and ::1, both at `port`; 0 finds one that is free on both.
Result<Listeners> listen_on_loopback(std::uint16_t port);

/// The next connection to either listener; none once `stop` is raised.
std::optional<Descriptor> accept_next(const Listeners& listeners, const StopSignal& stop);

/// The bytes that are there, into `buffer`; empty at the end of the stream, none where the deadline
/// passed, the connection broke or `stop` was raised.
std::optional<std::string_view> read_some(const Descriptor& socket, std::span<char> buffer,
                                          Deadline deadline, const StopSignal& stop);

/// Whether something can be read before the deadline, if only the end of the stream.
bool readable(const Descriptor& socket, Deadline deadline, const StopSignal& stop);

/// Whether all of `bytes` were taken before the deadline. A null `stop` is one that is never
/// raised: what was begun is finished.
bool write_all(const Descriptor& socket, std::string_view bytes, Deadline deadline,
               const StopSignal* stop);

/// Waits until then; false at once where the peer closes its side or `stop` is raised.
bool stays_until(const Descriptor& socket, Deadline then, const StopSignal& stop);

/// Says that nothing more will be written.
void end_writing(const Descriptor& socket);

/// Makes the close of this socket an error at the other side.
void reset_on_close(const Descriptor& socket);

}  // namespace applink::http
