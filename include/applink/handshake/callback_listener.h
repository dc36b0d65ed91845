// The other end of the redirect: a page on this machine that waits for one answer.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "applink/base/result.h"

namespace applink::handshake {

/// Listens on 127.0.0.1 at a random port, on a path that nobody can guess, until it is destroyed.
/// It takes one answer for the token it expects; whatever else arrives gets a page and no effect.
class CallbackListener {
 public:
  static Result<std::unique_ptr<CallbackListener>> start();
  ~CallbackListener();
  CallbackListener(const CallbackListener&) = delete;
  CallbackListener& operator=(const CallbackListener&) = delete;

  [[nodiscard]] std::string callback_url() const;

  /// Said before the authorize page is shown: until then every answer is a stranger's.
  void expect(std::string token);

  /// The verifier; absent where none came within `limit`. ErrorCode::denied where the user denied,
  /// ErrorCode::interrupted when `stop` is requested.
  [[nodiscard]] Result<std::optional<std::string>> wait(std::chrono::seconds limit,
                                                        const std::stop_token& stop = {});

 private:
  class State;
  explicit CallbackListener(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace applink::handshake
