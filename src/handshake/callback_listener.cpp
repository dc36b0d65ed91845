// A page on this machine that waits for the redirect of one login.
#include "applink/handshake/callback_listener.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/base/secret.h"
#include "applink/base/text.h"
#include "applink/handshake/callback_answer.h"
#include "applink/http/url.h"
#include "crypto/random.h"
#include "handshake/callback_page.h"
#include "http/server.h"

namespace applink::handshake {
namespace {

constexpr std::size_t path_letters = 32;  // of 62: 190 bits
constexpr std::chrono::seconds longest_wait = std::chrono::hours(24 * 365);

Visit visit_of(const Result<std::string>& answer, std::string_view query, std::string_view token) {
  if (answer) return Visit::allowed;
  if (answer.error().code == ErrorCode::denied) return Visit::denied;
  return belongs_to_another_login(query, token) ? Visit::another_login : Visit::incomplete;
}

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
      : place_(std::move(place)), path_("/callback/" + crypto::random_alphanumeric(path_letters)) {}

  Result<void> start() {
    http::ServerOptions options;
    options.port = place_.port;
    options.other_hosts = hosts_in(place_.url);
    auto server = http::Server::start([this](const auto& request) { return page(request); },
                                      std::move(options));
    if (!server) return tl::unexpected(unavailable(std::move(server).error(), place_.port));
    server_ = std::move(*server);
    return {};
  }

  [[nodiscard]] std::string callback_url() const {
    return place_.url.empty() ? server_->origin() + path_ : place_.url;
  }

  void expect(std::string token, oauth1::CallbackConfirmed confirmed) {
    const std::lock_guard lock(mutex_);
    token_ = std::move(token);
    confirmed_ = confirmed;
  }

  Result<std::optional<std::string>> wait(std::chrono::seconds limit, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    answered_.wait_for(lock, stop, std::min(limit, longest_wait),
                       [&] { return answer_.has_value(); });
    if (answer_) return *answer_;
    if (!stop.stop_requested()) return std::nullopt;
    return fail(ErrorCode::interrupted, "interrupted while waiting for the answer");
  }

 private:
  http::Response page(const http::Request& request) {
    // Whoever forwards an address may have changed its path; that of the token decides anyway.
    const bool here = !place_.url.empty() || equal_in_constant_time(request.url.path(), path_);
    if (!here) return callback_page(Visit::elsewhere);
    if (request.method != "GET") return callback_page(Visit::not_get);
    return callback_page(take(request.url.query().value_or("")));
  }

  Visit take(std::string_view query) {
    const std::lock_guard lock(mutex_);
    if (answer_) return Visit::too_late;
    auto answer = token_.empty() ? fail(ErrorCode::usage, "no answer is expected yet")
                                 : verifier_in_query(query, token_, confirmed_);
    const auto visit = visit_of(answer, query, token_);
    if (visit == Visit::allowed || visit == Visit::denied) {
      answer_ = std::move(answer);
      answered_.notify_all();
    }
    return visit;
  }

  const CallbackPlace place_;
  const std::string path_;
  std::mutex mutex_;
  std::condition_variable_any answered_;
  std::string token_;
  oauth1::CallbackConfirmed confirmed_ = oauth1::CallbackConfirmed::yes;
  std::optional<Result<std::string>> answer_;
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
  state_->expect(std::move(token), confirmed);
}

Result<std::optional<std::string>> CallbackListener::wait(std::chrono::seconds limit,
                                                          const std::stop_token& stop) {
  return state_->wait(limit, stop);
}

}  // namespace applink::handshake
