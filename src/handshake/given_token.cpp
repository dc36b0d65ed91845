// How long a token lives is said in seconds, and kept as a moment.
#include "handshake/given_token.h"

#include <algorithm>
#include <utility>

namespace applink::handshake {
namespace {

constexpr std::chrono::seconds longest_lifetime = std::chrono::hours(24 * 365 * 100);

std::optional<Timestamp> moment(Timestamp now, std::optional<std::chrono::seconds> from_now) {
  if (!from_now) return std::nullopt;
  return now + std::min(*from_now, longest_lifetime);
}

}  // namespace

store::Token given_token(oauth1::TokenCredentialsResponse response,
                         const jira::ApplicationLink& link, std::string user_label,
                         Timestamp given) {
  return {.link = link.name,
          .user_label = std::move(user_label),
          .credentials = std::move(response.credentials),
          .user_name = {},
          .consumer_key = link.consumer_key,
          .created = given,
          .expires = moment(given, response.expires_in),
          .session_handle = std::move(response.session_handle),
          .session_expires = moment(given, response.authorization_expires_in)};
}

}  // namespace applink::handshake
