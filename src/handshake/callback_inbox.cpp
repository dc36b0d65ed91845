// What becomes of a request to the callback: one answer is kept, every visitor gets a page.
#include "handshake/callback_inbox.h"

#include <algorithm>
#include <utility>

#include "applink/base/secret.h"
#include "applink/handshake/callback_answer.h"

namespace applink::handshake {
namespace {

constexpr std::chrono::seconds longest_wait = std::chrono::hours(24 * 365);

Visit visit_of(const Result<std::string>& answer, std::string_view query, std::string_view token) {
  // OAuth 1.0 has no verifier, and comes back after Deny as it does after Allow.
  if (answer) return answer->empty() ? Visit::answered : Visit::allowed;
  if (answer.error().code == ErrorCode::denied) return Visit::denied;
  return belongs_to_another_login(query, token) ? Visit::another_login : Visit::incomplete;
}

}  // namespace

void CallbackInbox::expect(std::string token, oauth1::CallbackConfirmed confirmed) {
  const std::lock_guard lock(mutex_);
  token_ = std::move(token);
  confirmed_ = confirmed;
}

http::Response CallbackInbox::page(const http::Request& request) {
  // Whoever forwards an address may have changed its path; that of the token decides anyway.
  const bool here = path_.empty() || equal_in_constant_time(request.url.path(), path_);
  if (!here) return callback_page(Visit::elsewhere);
  if (request.method != "GET") return callback_page(Visit::not_get);
  return callback_page(take(request.url.query().value_or("")));
}

Result<std::optional<std::string>> CallbackInbox::wait(std::chrono::seconds limit,
                                                       const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  answered_.wait_for(lock, stop, std::min(limit, longest_wait),
                     [&] { return answer_.has_value(); });
  if (answer_) return *answer_;
  if (!stop.stop_requested()) return std::nullopt;
  return fail(ErrorCode::interrupted, "interrupted while waiting for the answer");
}

Visit CallbackInbox::take(std::string_view query) {
  const std::lock_guard lock(mutex_);
  if (answer_) return Visit::too_late;
  auto answer = token_.empty() ? fail(ErrorCode::usage, "no answer is expected yet")
                               : verifier_in_query(query, token_, confirmed_);
  const auto visit = visit_of(answer, query, token_);
  if (visit == Visit::allowed || visit == Visit::answered || visit == Visit::denied) {
    answer_ = std::move(answer);
    answered_.notify_all();
  }
  return visit;
}

}  // namespace applink::handshake
