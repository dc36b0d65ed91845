// Sockets on loopback over poll(2): one thread waits for its own connection and the stop signal.
#include "http/socket.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace applink::http {
namespace {

constexpr int backlog = 128;
constexpr int free_port_attempts = 32;

/// A listener, none where the machine has no such address, or what went wrong.
using Bound = tl::expected<Descriptor, int>;

sockaddr_storage loopback_address(int family, std::uint16_t port) {
  sockaddr_storage storage{};
  if (family == AF_INET) {
    auto& address = reinterpret_cast<sockaddr_in&>(storage);
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return storage;
  }
  auto& address = reinterpret_cast<sockaddr_in6&>(storage);
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(port);
  address.sin6_addr = in6addr_loopback;
  return storage;
}

Bound listen_at(int family, std::uint16_t port) {
  Descriptor socket(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return tl::unexpected(errno);
  const int on = 1;
  // A port whose last connections still fade away is free; one that is listened at is not.
  ::setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (family == AF_INET6) {
    ::setsockopt(socket.number(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  }
  const auto address = loopback_address(family, port);
  const socklen_t size = family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
  if (::bind(socket.number(), reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
      ::listen(socket.number(), backlog) != 0) {
    return tl::unexpected(errno);
  }
  return socket;
}

std::uint16_t port_of(const Descriptor& ipv4) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(ipv4.number(), reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

bool means_no_ipv6(int error) {
  return error == EAFNOSUPPORT || error == EADDRNOTAVAIL;
}

tl::expected<Listeners, int> listen_on_both(std::uint16_t port) {
  Listeners listeners;
  auto ipv4 = listen_at(AF_INET, port);
  if (!ipv4) return tl::unexpected(ipv4.error());
  listeners.ipv4 = std::move(*ipv4);
  listeners.port = port_of(listeners.ipv4);
  auto ipv6 = listen_at(AF_INET6, listeners.port);
  if (!ipv6 && !means_no_ipv6(ipv6.error())) return tl::unexpected(ipv6.error());
  if (ipv6) listeners.ipv6 = std::move(*ipv6);
  return listeners;
}

/// In milliseconds for poll, rounded up so that a deadline is never waited for in a busy loop.
int time_left(Deadline deadline) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 1 << 30));
}

/// Whether `socket` is ready for `events`; not where the deadline passed or `stop` is raised.
bool wait_for(int socket, short events, Deadline deadline, int stop) {
  for (;;) {
    std::array<pollfd, 2> polled{{{socket, events, 0}, {stop, POLLIN, 0}}};
    const int ready = ::poll(polled.data(), polled.size(), time_left(deadline));
    if (ready < 0 && errno == EINTR) continue;
    return ready > 0 && polled[1].revents == 0;
  }
}

bool would_block() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

/// Accepts at a listener that is ready; none where another thread was faster.
Descriptor accept_at(const Descriptor& listener) {
  return Descriptor(::accept4(listener.number(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

StopSignal::StopSignal() : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void StopSignal::raise() {
  const std::uint64_t one = 1;
  // Fails only where the counter is full: it is raised already.
  [[maybe_unused]] const auto written = ::write(event_.number(), &one, sizeof one);
}

bool StopSignal::raised() const {
  pollfd polled{event_.number(), POLLIN, 0};
  return ::poll(&polled, 1, 0) != 0;
}

Result<Listeners> listen_on_loopback(std::uint16_t port) {
  for (int attempt = 1;; ++attempt) {
    auto listeners = listen_on_both(port);
    if (listeners) return std::move(*listeners);
    const bool another_may_be_free = port == 0 && listeners.error() == EADDRINUSE;
    if (another_may_be_free && attempt < free_port_attempts) continue;
    return fail(ErrorCode::failed,
                fmt::format("cannot listen on loopback at port {}: {}", port,
                            std::generic_category().message(listeners.error())),
                port == 0 ? "" : "choose another port, or 0 for any that is free");
  }
}

std::optional<Descriptor> accept_next(const Listeners& listeners, const StopSignal& stop) {
  // Where descriptors or memory run out, a listener stays ready though nothing can be accepted:
  // then this thread waits a moment, for the stop signal only.
  constexpr int moment = 20;
  constexpr int forever = -1;
  bool exhausted = false;
  for (;;) {
    std::array<pollfd, 3> polled{{{stop.number(), POLLIN, 0},
                                  {exhausted ? -1 : listeners.ipv4.number(), POLLIN, 0},
                                  {exhausted ? -1 : listeners.ipv6.number(), POLLIN, 0}}};
    ::poll(polled.data(), polled.size(), exhausted ? moment : forever);
    if (polled[0].revents != 0) return std::nullopt;
    exhausted = false;
    for (const auto* listener : {&listeners.ipv4, &listeners.ipv6}) {
      if (!*listener) continue;
      if (auto socket = accept_at(*listener)) return socket;
      exhausted = exhausted || !(would_block() || errno == ECONNABORTED);
    }
  }
}

std::optional<std::string_view> read_some(const Descriptor& socket, std::span<char> buffer,
                                          Deadline deadline, const StopSignal& stop) {
  while (wait_for(socket.number(), POLLIN, deadline, stop.number())) {
    const auto size = ::recv(socket.number(), buffer.data(), buffer.size(), 0);
    if (size >= 0) return std::string_view(buffer.data(), static_cast<std::size_t>(size));
    if (!would_block()) return std::nullopt;
  }
  return std::nullopt;
}

bool readable(const Descriptor& socket, Deadline deadline, const StopSignal& stop) {
  return wait_for(socket.number(), POLLIN, deadline, stop.number());
}

bool write_all(const Descriptor& socket, std::string_view bytes, Deadline deadline,
               const StopSignal* stop) {
  constexpr int never = -1;
  const int stop_number = stop == nullptr ? never : stop->number();
  while (!bytes.empty()) {
    const auto size = ::send(socket.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (size > 0) bytes.remove_prefix(static_cast<std::size_t>(size));
    if (size < 0 && !would_block()) return false;
    if (!bytes.empty() && !wait_for(socket.number(), POLLOUT, deadline, stop_number)) return false;
  }
  return true;
}

bool stays_until(const Descriptor& socket, Deadline then, const StopSignal& stop) {
  const bool left = wait_for(socket.number(), POLLRDHUP, then, stop.number());
  return !left && !stop.raised();
}

void end_writing(const Descriptor& socket) {
  ::shutdown(socket.number(), SHUT_WR);
}

void reset_on_close(const Descriptor& socket) {
  const linger at_once{1, 0};
  ::setsockopt(socket.number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

}  // namespace applink::http
