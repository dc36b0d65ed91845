// A connection that the loopback server accepted, in clear or in TLS.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "http/socket.h"

namespace applink::crypto {
class TlsServer;
class TlsSession;
}  // namespace applink::crypto

namespace applink::http {

/// One thread's own. Every wait but that of write_all is called off by the stop signal.
class Connection {
 public:
  /// `tls` may be null: then bytes go as they are. It and `stop` outlive the connection.
  Connection(Descriptor socket, const crypto::TlsServer* tls, const StopSignal& stop);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// Whether the peer has something to say before the deadline, if only that it goes.
  bool speaks(Deadline deadline) const;
  /// Whether a TLS session stands before the deadline; true at once without TLS.
  bool shake_hands(Deadline deadline);

  /// As of the socket: the bytes that are there, into `buffer`; empty at the end of the stream,
  /// none where the deadline passed or the connection broke.
  std::optional<std::string_view> read_some(std::span<char> buffer, Deadline deadline);
  /// Whether all of `bytes` were taken before the deadline, stop signal or not.
  bool write_all(std::string_view bytes, Deadline deadline);
  /// The same, called off by the stop signal.
  bool write_unless_stopped(std::string_view bytes, Deadline deadline);
  /// Says that nothing more will be written.
  void end_writing(Deadline deadline);

  /// A connection closed while bytes from the peer are unread is reset, and what was written last
  /// may be lost with it: so those are read, up to a limit, once nothing more will be written.
  void drain(Deadline deadline);

  /// Waits; false at once where the peer leaves.
  bool pause(std::chrono::milliseconds pause, Deadline deadline) const;
  /// Ends the connection as an error.
  void reset();

 private:
  bool write(std::string_view bytes, Deadline deadline, const StopSignal* stop);
  /// Sends what the TLS session has to say.
  bool flush(Deadline deadline, const StopSignal* stop);

  Descriptor socket_;
  const StopSignal& stop_;
  std::unique_ptr<crypto::TlsSession> session_;
};

}  // namespace applink::http
