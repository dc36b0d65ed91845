// What becomes of the requests that reach the callback listener: no socket, no thread of its own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "applink/base/result.h"
#include "applink/http/message.h"
#include "applink/oauth1/credentials.h"
#include "handshake/callback_page.h"

namespace applink::handshake {

/// Takes one answer for the token it expects; may be asked by several threads at once.
class CallbackInbox {
 public:
  /// `path` is the one that is looked at; empty: all are.
  explicit CallbackInbox(std::string path) : path_(std::move(path)) {}

  void expect(std::string token, oauth1::CallbackConfirmed confirmed);
  http::Response page(const http::Request& request);
  Result<std::optional<std::string>> wait(std::chrono::seconds limit, const std::stop_token& stop);

 private:
  Visit take(std::string_view query);

  const std::string path_;
  std::mutex mutex_;
  std::condition_variable_any answered_;
  std::string token_;
  oauth1::CallbackConfirmed confirmed_ = oauth1::CallbackConfirmed::yes;
  std::optional<Result<std::string>> answer_;
};

}  // namespace applink::handshake
