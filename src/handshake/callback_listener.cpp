// A page on this machine that waits for the redirect of one login.
#include "applink/handshake/callback_listener.h"

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/url.h"
#include "crypto/random.h"
#include "handshake/callback_inbox.h"
#include "http/server.h"

namespace applink::handshake {
namespace {

constexpr std::size_t path_letters = 32;  // of 62: 190 bits

/// The Host that a browser says at an address of one's own; its proxy may pass it on.
std::vector<std::string> hosts_in(const std::string& callback_url) {
  const auto url = http::Url::parse(callback_url);
  if (!url) return {};
  const auto host = to_lower_ascii(url->host());
  const std::uint16_t usual = url->scheme() == "https" ? 443 : 80;
  return {url->port() == usual ? host : fmt::format("{}:{}", host, url->port())};
}

/// The port of one's own choice may be taken, which no retry can help.
Error unavailable(Error error, std::uint16_t port) {
  if (port == 0) return error;
  error.message = fmt::format("cannot wait for the answer at port {}: {}", port,
                              error.message.substr(error.message.rfind(": ") + 2));
  error.hint = "choose another port above 1023: --callback-port; or none, for any that is free";
  return error;
}

}  // namespace

class CallbackListener::State {
 public:
  explicit State(CallbackPlace place)
      : place_(std::move(place)),
        path_("/callback/" + crypto::random_alphanumeric(path_letters)),
        inbox_(place_.url.empty() ? path_ : std::string()) {}

  Result<void> start() {
    http::ServerOptions options;
    options.port = place_.port;
    options.other_hosts = hosts_in(place_.url);
    auto server = http::Server::start([this](const auto& request) { return inbox_.page(request); },
                                      std::move(options));
    if (!server) return tl::unexpected(unavailable(std::move(server).error(), place_.port));
    server_ = std::move(*server);
    return {};
  }

  [[nodiscard]] std::string callback_url() const {
    return place_.url.empty() ? server_->origin() + path_ : place_.url;
  }

  CallbackInbox& inbox() { return inbox_; }

 private:
  const CallbackPlace place_;
  const std::string path_;
  CallbackInbox inbox_;
  // The last: its threads use what stands above.
  std::unique_ptr<http::Server> server_;
};

CallbackListener::CallbackListener(std::unique_ptr<State> state) : state_(std::move(state)) {}
CallbackListener::~CallbackListener() = default;

Result<std::unique_ptr<CallbackListener>> CallbackListener::start(CallbackPlace place) {
  auto state = std::make_unique<State>(std::move(place));
  TRY(state->start());
  return std::unique_ptr<CallbackListener>(new CallbackListener(std::move(state)));
}

std::string CallbackListener::callback_url() const {
  return state_->callback_url();
}

void CallbackListener::expect(std::string token, oauth1::CallbackConfirmed confirmed) {
  state_->inbox().expect(std::move(token), confirmed);
}

Result<std::optional<std::string>> CallbackListener::wait(std::chrono::seconds limit,
                                                          const std::stop_token& stop) {
  return state_->inbox().wait(limit, stop);
}

}  // namespace applink::handshake
