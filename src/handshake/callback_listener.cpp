// A page on this machine that waits for the redirect of one login.
#include "applink/handshake/callback_listener.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "applink/base/secret.h"
#include "applink/handshake/callback_answer.h"
#include "crypto/random.h"
#include "handshake/callback_page.h"
#include "http/server.h"

namespace applink::handshake {
namespace {

constexpr std::size_t path_letters = 32;  // of 62: 190 bits
constexpr std::chrono::seconds longest_wait = std::chrono::hours(24 * 365);

http::Response page_for(const Result<std::string>& answer) {
  if (answer) {
    return callback_page(200, "You are done here",
                         "The answer has reached applink, and the terminal says how it went. "
                         "You may close this tab.");
  }
  if (answer.error().code == ErrorCode::denied) {
    return callback_page(200, "You denied the login",
                         "Nothing was allowed, and applink has been told. You may close this tab.");
  }
  return callback_page(
      400, "This is not the answer that applink waits for",
      "It belongs to another login, or a part of it is missing. Open the page that "
      "the terminal shows, and press Allow there.");
}

}  // namespace

class CallbackListener::State {
 public:
  State() : path_("/callback/" + crypto::random_alphanumeric(path_letters)) {}

  Result<void> start() {
    TRY_ASSIGN(server_, http::Server::start([this](const auto& request) { return page(request); }));
    return {};
  }

  [[nodiscard]] std::string callback_url() const { return server_->origin() + path_; }

  void expect(std::string token) {
    const std::lock_guard lock(mutex_);
    token_ = std::move(token);
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
    if (!equal_in_constant_time(request.url.path(), path_)) {
      return callback_page(404, "There is nothing here", "applink waits for an answer elsewhere.");
    }
    if (request.method != "GET") {
      auto refusal = callback_page(405, "Only GET is answered here", "Nothing was done.");
      refusal.headers.set("Allow", "GET");
      return refusal;
    }
    return take(request.url.query().value_or(""));
  }

  http::Response take(std::string_view query) {
    const std::lock_guard lock(mutex_);
    if (answer_) {
      return callback_page(410, "This login has been answered already",
                           "The terminal says how it went. You may close this tab.");
    }
    auto answer = token_.empty() ? fail(ErrorCode::usage, "no answer is expected yet")
                                 : verifier_in_query(query, token_);
    auto response = page_for(answer);
    if (answer || answer.error().code == ErrorCode::denied) {
      answer_ = std::move(answer);
      answered_.notify_all();
    }
    return response;
  }

  const std::string path_;
  std::mutex mutex_;
  std::condition_variable_any answered_;
  std::string token_;
  std::optional<Result<std::string>> answer_;
  // The last: its threads use what stands above.
  std::unique_ptr<http::Server> server_;
};

CallbackListener::CallbackListener(std::unique_ptr<State> state) : state_(std::move(state)) {}
CallbackListener::~CallbackListener() = default;

Result<std::unique_ptr<CallbackListener>> CallbackListener::start() {
  auto state = std::make_unique<State>();
  TRY(state->start());
  return std::unique_ptr<CallbackListener>(new CallbackListener(std::move(state)));
}

std::string CallbackListener::callback_url() const {
  return state_->callback_url();
}

void CallbackListener::expect(std::string token) {
  state_->expect(std::move(token));
}

Result<std::optional<std::string>> CallbackListener::wait(std::chrono::seconds limit,
                                                          const std::stop_token& stop) {
  return state_->wait(limit, stop);
}

}  // namespace applink::handshake
