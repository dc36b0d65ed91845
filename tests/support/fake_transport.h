// A Transport that answers from a script, in order, and records what it was asked.
#pragma once

#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "applink/http/transport.h"

namespace applink::test {

/// A request without an answer in the script, or an answer that nobody asked for, fails the test.
class FakeTransport final : public http::Transport {
 public:
  FakeTransport() = default;
  explicit FakeTransport(std::vector<http::Response> script) {
    for (auto& response : script) answer(std::move(response));
  }
  ~FakeTransport() override {
    EXPECT_TRUE(script_.empty()) << script_.size() << " scripted answers were never asked for";
  }
  FakeTransport(const FakeTransport&) = delete;
  FakeTransport& operator=(const FakeTransport&) = delete;

  void answer(http::Response response) { script_.emplace_back(std::move(response)); }
  void answer(int status, std::string body) { answer({status, {}, std::move(body)}); }
  void answer(Error error) { script_.emplace_back(tl::unexpected(std::move(error))); }

  Result<http::Response> send(const http::Request& request) override {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
    if (script_.empty()) {
      ADD_FAILURE() << "unexpected request: " << request.method << ' ' << request.url.text();
      return fail(ErrorCode::bug, "no answer in the script");
    }
    auto next = std::move(script_.front());
    script_.pop_front();
    return next;
  }

  /// Every request so far, in order.
  [[nodiscard]] const std::vector<http::Request>& requests() const { return requests_; }

 private:
  std::mutex mutex_;
  std::deque<Result<http::Response>> script_;
  std::vector<http::Request> requests_;
};

}  // namespace applink::test
