// Asked once, stored at once, proven after.
#include "applink/handshake/renewal.h"

#include <utility>

#include <fmt/format.h>

#include "applink/handshake/handshake.h"
#include "applink/handshake/identity.h"
#include "applink/jira/endpoints.h"
#include "applink/jira/login_command.h"
#include "handshake/given_token.h"

namespace applink::handshake {
namespace {

std::string login_of(const store::Token& token) {
  return jira::login_command(token.link, token.user_label);
}

/// What would be lost after the provider has answered is looked at before it is asked.
Result<void> check_renewable(const store::Vault& vault, const store::Token& token,
                             const jira::ApplicationLink& link) {
  if (token.session_handle.empty()) {
    return fail(ErrorCode::failed,
                fmt::format("{} gave no session handle with the token, so it cannot be renewed",
                            jira::provider_word(link)),
                fmt::format("log in again: {}", login_of(token)));
  }
  TRY_ASSIGN(const auto info, vault.info());
  if (!info.read_only) return {};
  return fail(ErrorCode::failed, "the store is read-only, and a new token would be lost",
              "check the permissions of the file and of its directory: applink store info");
}

/// A refusal and a request that was never sent have replaced nothing. Of everything else, an answer
/// that got lost or that nobody can read, this cannot be said.
Error with_outcome(Error error, const store::Token& token) {
  if (error.code == ErrorCode::refused || error.code == ErrorCode::usage) return error;
  error.message += "; whether the token was replaced there is not known";
  const auto again =
      fmt::format("ask again: {}; where the token is not known there by then: {}",
                  jira::renewal_command(token.link, token.user_label), login_of(token));
  error.hint = error.hint.empty() ? again : fmt::format("{}; then {}", error.hint, again);
  return error;
}

/// The new token; what the answer leaves out still holds. A provider need not repeat a handle that
/// it does not change, and one that is dead costs a refusal, where one thrown away costs a login.
store::Token in_place_of(const store::Token& token, oauth1::TokenCredentialsResponse response,
                         const jira::ApplicationLink& link, Timestamp now) {
  auto renewed = given_token(std::move(response), link, token.user_label, now);
  renewed.user_name = token.user_name;
  if (!renewed.session_handle.empty()) return renewed;
  renewed.session_handle = token.session_handle.copy();
  if (!renewed.session_expires) renewed.session_expires = token.session_expires;
  return renewed;
}

Error lost(Error error, const store::Token& token) {
  auto worse = in_context("the token was replaced there, and the new one could not be stored",
                          std::move(error));
  worse.hint = fmt::format("the old one is dead: log in again: {}", login_of(token));
  return worse;
}

Error unproven(Error error) {
  return in_context("the new token is stored, but not yet proven", std::move(error));
}

}  // namespace

Result<Login> renew(const RenewalParts& parts, const store::Token& token) {
  const auto& link = parts.signer.link();
  TRY(check_renewable(parts.vault, token, link));
  const Handshake handshake(parts.transport, parts.signer, token.user_label);
  auto response = handshake.renew(token.credentials, token.session_handle);
  if (!response) return tl::unexpected(with_outcome(std::move(response).error(), token));

  auto renewed = in_place_of(token, *std::move(response), link, parts.signer.clock().now());
  if (auto stored = parts.vault.put_renewed_token(link, renewed); !stored) {
    return tl::unexpected(lost(std::move(stored).error(), token));
  }
  if (!jira::says_who_is_logged_in(link)) return Login{token.user_label, {}, renewed.expires};
  auto user = who_am_i(parts.transport, parts.signer, renewed.credentials, token.user_label);
  if (!user) return tl::unexpected(unproven(std::move(user).error()));
  if (user->name != renewed.user_name) {
    renewed.user_name = user->name;
    TRY(parts.vault.put_renewed_token(link, renewed));
  }
  return Login{token.user_label, *std::move(user), renewed.expires};
}

}  // namespace applink::handshake
