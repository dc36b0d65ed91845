// The loopback server: a few workers that each accept, read, ask the handler, answer and close.
#include "http/server.h"

#include <algorithm>
#include <array>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "http/connection.h"
#include "http/request_reader.h"
#include "http/response_writer.h"
#include "http/socket.h"

namespace applink::http {

using State = RequestReader::State;

/// One request a connection: nothing is left over that a second one could be mistaken for. Every
/// worker waits for all listeners and for the stop signal by itself, so there is no queue between
/// them, and what nobody serves yet waits in the kernel.
class Server::Impl {
 public:
  Impl(Handler handler, ServerOptions options, Listeners listeners)
      : handler_(std::move(handler)),
        options_(std::move(options)),
        listeners_(std::move(listeners)) {}

  ~Impl() { stop(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Result<void> start_workers();
  [[nodiscard]] std::uint16_t port() const { return listeners_.port; }
  [[nodiscard]] std::string_view scheme() const { return options_.tls ? "https" : "http"; }

  void stop() {
    stop_.raise();
    const std::lock_guard lock(joining_);
    for (auto& worker : workers_) worker.join();
    workers_.clear();
    listeners_.ipv4 = {};
    listeners_.ipv6 = {};
  }

 private:
  void work();
  void serve(Connection& connection) const;
  void read_request(Connection& connection, RequestReader& reader) const;
  void send(Connection& connection, const RequestReader& reader, const Response& response) const;
  void send(Connection& connection, const RequestReader& reader, const RawAnswer& answer) const;
  [[nodiscard]] Answer answer(const RequestReader& reader) const;
  [[nodiscard]] Answer handled(const Request& request) const;
  [[nodiscard]] bool is_this_server(std::string_view host) const;
  [[nodiscard]] Deadline deadline() const {
    return std::chrono::steady_clock::now() + options_.patience;
  }

  Handler handler_;
  ServerOptions options_;
  Listeners listeners_;
  StopSignal stop_;
  std::mutex joining_;
  std::vector<std::thread> workers_;
};

/// Fewer threads than asked for still serve; none do not.
Result<void> Server::Impl::start_workers() {
  try {
    while (workers_.size() < options_.workers) workers_.emplace_back([this] { work(); });
  } catch (const std::system_error& error) {
    if (workers_.empty()) {
      return fail(ErrorCode::failed, fmt::format("cannot start a thread: {}", error.what()),
                  "look at the limit on processes: ulimit -u");
    }
  }
  return {};
}

void Server::Impl::work() {
  while (auto socket = accept_next(listeners_, stop_)) {
    try {
      Connection connection(std::move(*socket), options_.tls.get(), stop_);
      serve(connection);
    } catch (const std::exception&) {
      // Out of memory: this connection ends without an answer, the server goes on.
      continue;
    }
  }
}

void Server::Impl::serve(Connection& connection) const {
  RequestReader reader(options_.max_body);
  read_request(connection, reader);
  if (!reader.begun() || stop_.raised()) return;
  std::visit([&](const auto& made) { send(connection, reader, made); }, answer(reader));
}

void Server::Impl::send(Connection& connection, const RequestReader& reader,
                        const Response& response) const {
  const auto body = reader.head().method == "HEAD" ? Body::left_out : Body::included;
  if (!connection.write_all(response_bytes(response, body), deadline())) return;
  connection.end_writing(deadline());
  if (reader.state() != State::done) connection.drain(deadline());
}

void Server::Impl::send(Connection& connection, const RequestReader&,
                        const RawAnswer& answer) const {
  const auto until = std::chrono::steady_clock::now() + options_.longest_raw_answer;
  for (const auto& step : answer.steps) {
    for (std::size_t i = 0; i < step.times; ++i) {
      if (std::chrono::steady_clock::now() >= until) return;
      if (!connection.write_unless_stopped(step.bytes, until)) return;
      if (!connection.pause(step.pause, until)) return;
    }
  }
  if (answer.end == RawAnswer::End::reset) return connection.reset();
  connection.end_writing(deadline());
}

/// Until the request is whole, refused, or will not come in time.
void Server::Impl::read_request(Connection& connection, RequestReader& reader) const {
  std::array<char, 16384> buffer{};
  const auto until = deadline();
  const auto silent = [&] {
    return !connection.speaks(
        std::min(until, std::chrono::steady_clock::now() + options_.first_byte));
  };
  if (silent()) return;
  if (!connection.shake_hands(until)) {
    connection.drain(until);
    return;
  }
  if (silent()) return;
  bool continued = false;
  while (reader.state() == State::head || reader.state() == State::body) {
    if (reader.state() == State::body && reader.head().expects_continue && !continued) {
      continued = true;
      if (!connection.write_all("HTTP/1.1 100 Continue\r\n\r\n", until)) return;
    }
    const auto bytes = connection.read_some(buffer, until);
    if (!bytes || bytes->empty()) return;
    reader.feed(*bytes);
  }
}

Answer Server::Impl::answer(const RequestReader& reader) const {
  if (reader.state() == State::refused) {
    return plain_response(reader.refusal().status, reader.refusal().why);
  }
  if (reader.state() != State::done) {
    return plain_response(408, "the request did not arrive whole and in time");
  }
  const auto& head = reader.head();
  const auto hosts = head.headers.all("Host");
  //= rfc9112#3.2
  //# A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message
  //# that lacks a Host header field and to any request message that contains more than one Host
  //# header field line
  if (hosts.size() != 1) return plain_response(400, "the Host is not said once");
  if (!is_this_server(hosts.front())) return plain_response(421, "this is not the host it names");
  auto url = Url::parse(fmt::format("{}://{}{}", scheme(), hosts.front(), head.target));
  if (!url) return plain_response(400, url.error().message);
  return handled({head.method, std::move(*url), head.headers, reader.body()});
}

Answer Server::Impl::handled(const Request& request) const {
  try {
    return handler_(request);
  } catch (...) {
    return plain_response(500, "the handler failed");
  }
}

std::string_view without_port(std::string_view host) {
  const auto name_end = host.find_last_not_of("0123456789");
  const bool has_port = name_end != std::string_view::npos && host[name_end] == ':';
  return has_port ? host.substr(0, name_end) : host;
}

/// A page elsewhere may point its own name at 127.0.0.1; it cannot make a browser say ours.
bool Server::Impl::is_this_server(std::string_view host) const {
  const auto lower = to_lower_ascii(host);
  const auto& others = options_.other_hosts;
  const auto at_any_port = fmt::format("{}:*", without_port(lower));
  const bool is_other = std::any_of(others.begin(), others.end(), [&](const std::string& other) {
    return other == lower || other == at_any_port;
  });
  if (is_other) return true;
  constexpr std::array<std::string_view, 3> names{"127.0.0.1", "[::1]", "localhost"};
  const bool port_goes_without_saying = port() == (options_.tls ? 443 : 80);
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return lower == fmt::format("{}:{}", name, port()) ||
           (port_goes_without_saying && lower == name);
  });
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(Handler handler, ServerOptions options) {
  TRY_ASSIGN(auto listeners, listen_on_loopback(options.port));
  auto impl = std::make_unique<Impl>(std::move(handler), std::move(options), std::move(listeners));
  TRY(impl->start_workers());
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

std::uint16_t Server::port() const {
  return impl_->port();
}

std::string Server::origin() const {
  return fmt::format("{}://127.0.0.1:{}", impl_->scheme(), port());
}

void Server::stop() {
  impl_->stop();
}

}  // namespace applink::http
