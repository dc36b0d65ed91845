// Bytes between the handler and the wire, by way of TLS where there is one.
#include "http/connection.h"

#include <algorithm>
#include <array>

#include "crypto/tls_server.h"

namespace applink::http {
namespace {

/// What one TLS record holds; more at a time would only lie about in memory.
constexpr std::size_t longest_record = std::size_t{16} << 10;

}  // namespace

Connection::Connection(Descriptor socket, const crypto::TlsServer* tls, const StopSignal& stop)
    : socket_(std::move(socket)),
      stop_(stop),
      session_(tls == nullptr ? nullptr : std::make_unique<crypto::TlsSession>(*tls)) {}

Connection::~Connection() = default;

bool Connection::speaks(Deadline deadline) const {
  return (session_ && session_->has_plaintext()) || readable(socket_, deadline, stop_);
}

bool Connection::shake_hands(Deadline deadline) {
  std::array<char, longest_record> buffer{};
  while (session_ && !session_->established()) {
    const auto wire = http::read_some(socket_, buffer, deadline, stop_);
    if (!wire || wire->empty()) return false;
    session_->take(*wire);
    // Where the session broke, this is the alert that says why.
    if (!flush(deadline, &stop_)) return false;
    if (session_->ended()) return false;
  }
  return true;
}

std::optional<std::string_view> Connection::read_some(std::span<char> buffer, Deadline deadline) {
  if (!session_) return http::read_some(socket_, buffer, deadline, stop_);
  std::array<char, longest_record> wire{};
  for (;;) {
    const auto size = session_->read(buffer);
    // Reading may bring forth the answer to new keys, or the alert that says why it goes no
    // further.
    if (!flush(deadline, &stop_)) return std::nullopt;
    if (size > 0) return std::string_view(buffer.data(), size);
    if (session_->ended()) return std::string_view();
    const auto more = http::read_some(socket_, wire, deadline, stop_);
    if (!more || more->empty()) return more;
    session_->take(*more);
  }
}

bool Connection::write_all(std::string_view bytes, Deadline deadline) {
  return write(bytes, deadline, nullptr);
}

bool Connection::write_unless_stopped(std::string_view bytes, Deadline deadline) {
  return write(bytes, deadline, &stop_);
}

bool Connection::write(std::string_view bytes, Deadline deadline, const StopSignal* stop) {
  if (!session_) return http::write_all(socket_, bytes, deadline, stop);
  while (!bytes.empty()) {
    const auto record = bytes.substr(0, longest_record);
    if (!session_->write(record)) return false;
    if (!flush(deadline, stop)) return false;
    bytes.remove_prefix(record.size());
  }
  return true;
}

bool Connection::flush(Deadline deadline, const StopSignal* stop) {
  return http::write_all(socket_, session_->to_wire(), deadline, stop);
}

void Connection::end_writing(Deadline deadline) {
  if (session_) {
    session_->end();
    // A peer that does not hear the goodbye sees the end of the stream all the same.
    [[maybe_unused]] const bool heard = flush(deadline, &stop_);
  }
  http::end_writing(socket_);
}

void Connection::drain(Deadline deadline) {
  constexpr std::size_t limit = std::size_t{4} << 20;
  std::array<char, longest_record> buffer{};
  http::end_writing(socket_);
  for (std::size_t drained = 0; drained < limit;) {
    const auto bytes = http::read_some(socket_, buffer, deadline, stop_);
    if (!bytes || bytes->empty()) return;
    drained += bytes->size();
  }
}

bool Connection::pause(std::chrono::milliseconds pause, Deadline deadline) const {
  return stays_until(socket_, std::min(std::chrono::steady_clock::now() + pause, deadline), stop_);
}

void Connection::reset() {
  reset_on_close(socket_);
  socket_ = {};
}

}  // namespace applink::http
