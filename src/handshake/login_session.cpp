// Save before you tell: each step is in the vault before the next one begins.
#include "applink/handshake/login_session.h"

#include <utility>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/handshake/callback_answer.h"
#include "applink/handshake/identity.h"
#include "applink/jira/endpoints.h"
#include "applink/jira/login_command.h"
#include "handshake/given_token.h"

namespace applink::handshake {
namespace {

// What Jira gives a request token to live, unless its administrator decided otherwise.
constexpr std::chrono::minutes usual_lifetime{10};

std::string in_words(std::chrono::seconds length) {
  constexpr std::chrono::seconds minute = std::chrono::minutes(1);
  const bool whole = length >= minute && length % minute == std::chrono::seconds::zero();
  const auto count = whole ? length / minute : length.count();
  return fmt::format("{} {}{}", count, whole ? "minute" : "second", count == 1 ? "" : "s");
}

Error nothing_pending(const jira::ApplicationLink& link, std::string_view user_label) {
  return {ErrorCode::failed, fmt::format("no login of the link {} waits for a code", link.name),
          fmt::format("start one: {} --oob --start", jira::login_command(link.name, user_label))};
}

std::string taken(const jira::ApplicationLink& link) {
  const auto provider = jira::provider_word(link);
  if (!jira::signs_with_key(link)) {
    return fmt::format("{} takes the secret of the consumer {}", provider, link.consumer_key);
  }
  return fmt::format("{} takes the key {} of the consumer {}", provider, link.key_name,
                     link.consumer_key);
}

Error nobody_answered(const jira::ApplicationLink& link, std::string_view user_label,
                      std::chrono::seconds limit) {
  return {ErrorCode::denied, fmt::format("nobody answered on the page within {}", in_words(limit)),
          fmt::format("if Allow was pressed in a browser elsewhere, give the address that it was "
                      "sent to: {} --finish URL",
                      jira::login_command(link.name, user_label))};
}

/// The provider has the last word on whether a login is too old; its words are terse.
Error with_age(Error error, const store::PendingLogin& pending, Timestamp now,
               const jira::ApplicationLink& link) {
  const auto age = now - pending.created;
  if (error.code != ErrorCode::refused || age <= usual_lifetime) return error;
  error.hint = fmt::format(
      "the login was started {} minutes ago, and {} forgets one after {}: "
      "start over: {}",
      std::chrono::duration_cast<std::chrono::minutes>(age).count(), jira::provider_word(link),
      usual_lifetime.count(), jira::login_command(link.name, pending.user_label));
  return error;
}

}  // namespace

LoginSession::LoginSession(const Parts& parts, std::string user_label)
    : parts_(parts),
      handshake_(parts.transport, parts.signer, user_label),
      user_label_(std::move(user_label)) {}

Result<http::Url> LoginSession::start(std::string_view callback) {
  TRY_ASSIGN(const auto earlier, resume());
  if (earlier) {
    parts_.narrator.tell(fmt::format("the login before this one is complete now{}{}",
                                     earlier->user.name.empty() ? "" : ": it speaks for ",
                                     terminal_safe(earlier->user.name)));
  }
  TRY_ASSIGN(const auto pending, begin(callback));
  return handshake_.authorization_url(pending.credentials, pending.callback);
}

Result<Login> LoginSession::finish(std::string_view answer) {
  TRY_ASSIGN(auto pending, parts_.vault.find_pending_login(link(), user_label_));
  if (!pending) return tl::unexpected(nothing_pending(link(), user_label_));
  if (pending->unproven) return prove(*pending->unproven);
  TRY_ASSIGN(const auto verifier,
             without_denied_login(verifier_in_answer(answer, pending->credentials.token,
                                                     pending->credentials.callback_confirmed)));
  return complete(std::move(*pending), verifier);
}

Result<std::optional<Login>> LoginSession::resume() {
  TRY_ASSIGN(const auto pending, parts_.vault.find_pending_login(link(), user_label_));
  if (!pending || !pending->unproven) return std::nullopt;
  auto user = owner_of(*pending->unproven);
  if (user) return keep(*pending->unproven, *std::move(user));
  if (user.error().code == ErrorCode::unreachable) return tl::unexpected(std::move(user).error());
  parts_.narrator.tell("the token of the login before this one cannot be proven: " +
                       user.error().message);
  return std::nullopt;
}

Result<Login> LoginSession::by_browser(std::chrono::seconds limit, const CallbackPlace& place,
                                       const std::stop_token& stop) {
  TRY_ASSIGN(auto earlier, resume());
  if (earlier) return *std::move(earlier);
  TRY_ASSIGN(const auto listener, CallbackListener::start(place));
  TRY_ASSIGN(auto pending, begin(listener->callback_url()));
  TRY_ASSIGN(const auto page, handshake_.authorization_url(pending.credentials, pending.callback));
  listener->expect(pending.credentials.token, pending.credentials.callback_confirmed);
  //= rfc5849#2.2
  //# Before the client requests a set of token credentials from the server, it MUST send the user
  //# to the server to authorize the request.
  parts_.narrator.show_authorization_page(page);
  parts_.narrator.tell(fmt::format("waiting up to {} for the answer", in_words(limit)));
  auto answer = listener->wait(limit, stop);
  if (answer && !*answer) return tl::unexpected(nobody_answered(link(), user_label_, limit));
  TRY_ASSIGN(const auto verifier,
             without_denied_login(std::move(answer).map([](auto&& found) { return *found; })));
  return complete(std::move(pending), verifier);
}

Result<store::PendingLogin> LoginSession::begin(std::string_view callback) {
  TRY_ASSIGN(auto temporary, handshake_.begin(callback));
  store::PendingLogin pending{.link = link().name,
                              .user_label = user_label_,
                              .credentials = std::move(temporary),
                              .callback = std::string(callback),
                              .created = now(),
                              .unproven = std::nullopt};
  TRY(parts_.vault.put_pending_login(link(), pending));
  parts_.narrator.tell(taken(link()));
  if (pending.credentials.callback_confirmed == oauth1::CallbackConfirmed::no) {
    parts_.narrator.warn(fmt::format(
        "{} speaks OAuth 1.0: whoever learns the address of the page can end this login in your "
        "place, so press Allow on the page that is shown here and on no other",
        jira::provider_word(link())));
  }
  return pending;
}

/// A login that was denied is over: nothing waits for a code any more.
Result<std::string> LoginSession::without_denied_login(Result<std::string> verifier) {
  if (verifier || verifier.error().code != ErrorCode::denied) return verifier;
  TRY(parts_.vault.remove_pending_login(link().name, user_label_));
  return verifier;
}

Result<Login> LoginSession::complete(store::PendingLogin pending, std::string_view verifier) {
  auto token = exchange(pending, verifier);
  if (!token && token.error().code == ErrorCode::denied) {
    TRY(parts_.vault.remove_pending_login(link().name, user_label_));
  }
  if (!token) {
    return tl::unexpected(with_age(std::move(token).error(), pending, now(), link()));
  }
  pending.unproven = *std::move(token);
  TRY(parts_.vault.put_pending_login(link(), pending));
  parts_.narrator.tell(fmt::format("{} gave an access token", jira::provider_word(link())));
  return prove(*pending.unproven);
}

Result<store::Token> LoginSession::exchange(const store::PendingLogin& pending,
                                            std::string_view verifier) {
  TRY_ASSIGN(auto response, handshake_.finish(pending.credentials, verifier));
  return given_token(std::move(response), link(), user_label_, now());
}

/// Nobody, where the provider is not known to say who is logged in.
Result<jira::User> LoginSession::owner_of(const store::Token& unproven) {
  if (!jira::says_who_is_logged_in(link())) {
    parts_.narrator.warn(fmt::format(
        "nothing proves whose token it is: where the provider says it, applink link set {} "
        "--identity-url URL",
        link().name));
    return jira::User{};
  }
  return who_am_i(parts_.transport, parts_.signer, unproven.credentials, user_label_);
}

Result<Login> LoginSession::keep(const store::Token& proven, jira::User user) {
  auto token = proven.copy();
  token.user_name = user.name;
  TRY_ASSIGN(const auto before, parts_.vault.find_token(link(), user_label_));
  TRY(parts_.vault.put_token(link(), token));
  const bool outlives = before && (!before->expires || now() <= *before->expires);
  if (outlives) {
    parts_.narrator.tell(
        fmt::format("{} still takes the token before this one until {} revokes it at {}",
                    jira::provider_word(link()),
                    before->user_name.empty() ? "its user" : terminal_safe(before->user_name),
                    jira::tokens_page(link())));
  }
  return Login{user_label_, std::move(user), token.expires};
}

Result<Login> LoginSession::prove(const store::Token& unproven) {
  auto user = owner_of(unproven);
  if (user) return keep(unproven, *std::move(user));
  auto error = in_context("the new token is stored, but not yet proven", std::move(user).error());
  if (error.code == ErrorCode::failed) {
    error.hint += fmt::format("; to start over: {}", jira::login_command(link().name, user_label_));
  }
  return tl::unexpected(std::move(error));
}

}  // namespace applink::handshake
