// Raw bytes over loopback: a client that says anything, and a peer that answers anything.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace applink::test {

/// A TCP connection; a read that takes ten seconds ends as if the other side had closed.
class RawConnection {
 public:
  explicit RawConnection(int socket) : socket_(socket) {
    const timeval limit{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  }
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;
  ~RawConnection() { ::close(socket_); }

  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto size = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (size <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(size));
    }
  }
  void end_sending() const { ::shutdown(socket_, SHUT_WR); }

  /// Until `mark` has come, or the end.
  [[nodiscard]] std::string receive_until(std::string_view mark) const {
    std::string bytes;
    std::array<char, 4096> buffer{};
    while (mark.empty() || bytes.find(mark) == std::string::npos) {
      const auto size = ::recv(socket_, buffer.data(), buffer.size(), 0);
      if (size <= 0) break;
      bytes.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return bytes;
  }
  [[nodiscard]] std::string receive_all() const { return receive_until(""); }

 private:
  int socket_;
};

inline sockaddr_in loopback_at(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/// A client's connection to 127.0.0.1 at `port`.
inline int connect_to(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = loopback_at(port);
  EXPECT_EQ(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  return socket;
}

/// The same to ::1; -1 where that fails.
inline int connect_to_ipv6(std::uint16_t port) {
  const int socket = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(port);
  address.sin6_addr = in6addr_loopback;
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    return socket;
  }
  ::close(socket);
  return -1;
}

/// A socket bound to 127.0.0.1 at a free port.
inline std::pair<int, std::uint16_t> bind_free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto address = loopback_at(0);
  socklen_t size = sizeof address;
  EXPECT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&address), size), 0);
  EXPECT_EQ(::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size), 0);
  return {socket, ntohs(address.sin_port)};
}

/// Serves one connection: waits for the end of a request's head, answers with fixed bytes whatever
/// it was, and closes once the client has.
class RawPeer {
 public:
  enum class Afterwards { close, stay_open };

  explicit RawPeer(std::string answer, Afterwards afterwards = Afterwards::close) {
    std::tie(listener_, port_) = bind_free_port();
    EXPECT_EQ(::listen(listener_, 8), 0);
    thread_ = std::thread([this, answer = std::move(answer), afterwards] {
      const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) return;
      const RawConnection connection(socket);
      request_ = connection.receive_until("\r\n\r\n");
      connection.send(answer);
      if (afterwards == Afterwards::close) connection.end_sending();
      request_ += connection.receive_all();
    });
  }
  RawPeer(const RawPeer&) = delete;
  RawPeer& operator=(const RawPeer&) = delete;
  ~RawPeer() { finish(); }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string url(std::string_view target) const {
    return "http://127.0.0.1:" + std::to_string(port_) + std::string(target);
  }
  /// What the client sent; waits for the client to close.
  const std::string& request() {
    finish();
    return request_;
  }

 private:
  void finish() {
    if (!thread_.joinable()) return;
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }

  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::string request_;
  std::thread thread_;
};

}  // namespace applink::test
