// The server's side of TLS as a function of bytes: no socket, no clock of its own.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/base/secret.h"

namespace applink::crypto {

struct TlsServerOptions {
  std::string certificate_pem{};  ///< the server's own first, then those that lead to its authority
  Secret private_key_pem{};
  /// PEM certificates of authorities; where there are any, a client must show a certificate of one.
  std::string client_ca_pem{};
};

/// What the sessions of one server share. TLS 1.2 and 1.3; no session is resumed. May be used by
/// several threads at once.
class TlsServer {
 public:
  struct Handle;  ///< OpenSSL's context; known to this file's source alone
  explicit TlsServer(std::unique_ptr<const Handle> handle) noexcept;
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;
  ~TlsServer();

  /// Fails where a PEM cannot be read, or where the key is not the certificate's.
  static Result<std::shared_ptr<const TlsServer>> create(const TlsServerOptions& options);

  [[nodiscard]] const Handle& handle() const { return *handle_; }

 private:
  std::unique_ptr<const Handle> handle_;
};

/// One client's session: bytes of the wire go in by take() and come out by to_wire(), which is to
/// be asked after each other call that may have something to say. `server` outlives it.
class TlsSession {
 public:
  explicit TlsSession(const TlsServer& server);
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;
  ~TlsSession();

  void take(std::string_view wire);
  [[nodiscard]] std::string to_wire();

  /// Whether the handshake is done.
  [[nodiscard]] bool established() const;
  /// Whether the peer has said goodbye, or the session is broken.
  [[nodiscard]] bool ended() const;

  [[nodiscard]] bool has_plaintext() const;
  /// Into `buffer`; 0 where nothing is there yet, or ever again.
  std::size_t read(std::span<char> buffer);
  /// Whether it could be encrypted; only once established.
  [[nodiscard]] bool write(std::string_view plaintext);
  /// Says goodbye.
  void end();

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace applink::crypto
