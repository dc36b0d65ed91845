// The product is asked who it takes us for, in the way in which the call itself is made.
#include "applink/calls/impersonation.h"

#include <utility>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/calls/retry.h"
#include "applink/jira/answer.h"
#include "applink/jira/endpoints.h"
#include "applink/jira/two_legged.h"
#include "applink/jira/user.h"
#include "applink/oauth1/problem.h"

namespace applink::calls {
namespace {

/// The name of nobody belongs to no user, not even to one who is asked for by it.
bool is_nobody(std::string_view effective) {
  return effective.empty() || jira::same_user(effective, "anonymous");
}

Error somebody_else(const Sender& sender, std::string_view asked, std::string_view effective) {
  const auto provider = jira::provider_word(sender.link());
  return {
      ErrorCode::refused,
      is_nobody(effective)
          ? fmt::format("{} does not know the user {}, and ran the request as nobody", provider,
                        terminal_safe(asked))
          : fmt::format("{} ran the request as {} and not as {}", provider,
                        terminal_safe(effective), terminal_safe(asked)),
      fmt::format("--impersonate takes the name that the user logs in with at {}, not an e-mail "
                  "address or a full name",
                  sender.link().base_url)};
}

Result<void> check_user(const Sender& sender, std::string_view asked, std::string_view effective) {
  if (!is_nobody(effective) && jira::same_user(asked, effective)) return {};
  return tl::unexpected(somebody_else(sender, asked, effective));
}

Error unproven(Error why) {
  return in_context("it is not proven whom the request runs as", std::move(why));
}

/// Refused before it ran as anybody: explain() says why.
bool is_refused(const Sender& sender, const http::Response& response) {
  return oauth1::problem_of(response) ||
         jira::two_legged_refusal(response, sender.link(), jira::Speaker::user);
}

/// The user whom the product names when it is asked who is logged in; empty for nobody.
Result<std::string> named_user(const Sender& sender, const std::string& user, const Send& send) {
  TRY_ASSIGN(const auto url, jira::current_user_url(sender.link()));
  const Call who{"GET", url.text(), {{"Accept", "application/json, text/plain"}}, {}, user};
  TRY_ASSIGN(const auto response, send(who));
  const bool wants_login = response.status == 401 && jira::ran_as_nobody(response);
  if (wants_login && !is_refused(sender, response)) return std::string();
  if (auto failure = sender.explain(who, response)) {
    return tl::unexpected(unproven(*std::move(failure)));
  }
  const auto product = sender.link().product;
  if (jira::ran_as_anonymous(response) || jira::names_nobody(product, response.body)) {
    return std::string();
  }
  auto named = jira::parse_current_user(product, response.body);
  if (!named) return tl::unexpected(unproven(std::move(named).error()));
  return std::move(named->name);
}

Result<void> prove(const Sender& sender, const std::string& user, const Send& send) {
  TRY_ASSIGN(const std::string named, named_user(sender, user, send));
  return check_user(sender, user, named);
}

}  // namespace

Result<http::Response> send_impersonating(const Sender& sender, const Call& call,
                                          const Send& send) {
  const std::string& user = call.impersonated;
  const bool may_change_something = unsafe_to_repeat(call.method).has_value();
  if (may_change_something) TRY(prove(sender, user, send));
  TRY_ASSIGN(auto response, send(call));
  if (is_refused(sender, response)) return response;
  const auto effective = jira::effective_user(response);
  if (effective || jira::ran_as_nobody(response)) {
    TRY(check_user(sender, user, effective.value_or("")));
  } else if (!may_change_something && !is_momentary(response.status)) {
    TRY(prove(sender, user, send));
  }
  return response;
}

}  // namespace applink::calls
