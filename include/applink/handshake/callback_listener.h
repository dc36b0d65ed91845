// The other end of the redirect: a page on this machine that waits for one answer.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/oauth1/credentials.h"

namespace applink::handshake {

/// Where the answer arrives.
struct CallbackPlace {
  std::uint16_t port = 0;  ///< on this machine; 0: any that is free
  /// Where the provider sends the browser; empty: to a path here that nobody can guess. An address
  /// of one's own is forwarded here by whoever serves it, to whatever path.
  std::string url;
};

/// Listens on this machine until it is destroyed, and takes one answer for the token it expects;
/// whatever else arrives gets a page and no effect.
class CallbackListener {
 public:
  /// ErrorCode::failed where the port is taken.
  static Result<std::unique_ptr<CallbackListener>> start(CallbackPlace place = {});
  ~CallbackListener();
  CallbackListener(const CallbackListener&) = delete;
  CallbackListener& operator=(const CallbackListener&) = delete;

  [[nodiscard]] std::string callback_url() const;

  /// Said before the authorize page is shown: until then every answer is a stranger's. With OAuth
  /// 1.0 (`confirmed` says so) an answer has no verifier.
  void expect(std::string token,
              oauth1::CallbackConfirmed confirmed = oauth1::CallbackConfirmed::yes);

  /// The verifier, empty with OAuth 1.0; absent where no answer came within `limit`.
  /// ErrorCode::denied where the user denied, ErrorCode::interrupted when `stop` is requested.
  [[nodiscard]] Result<std::optional<std::string>> wait(std::chrono::seconds limit,
                                                        const std::stop_token& stop = {});

 private:
  class State;
  explicit CallbackListener(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace applink::handshake
