// Two-legged OAuth as Atlassian's products have it.
#include "applink/jira/two_legged.h"

#include <algorithm>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/message.h"
#include "applink/jira/answer.h"
#include "applink/oauth1/percent_encoding.h"
#include "applink/oauth1/problem.h"
#include "jira/screens.h"

namespace applink::jira {
namespace {

/// Every 401 has a challenge with a realm; that of a refusal repeats the request's own parameters.
bool refuses_the_client(const http::Response& response) {
  if (response.status != 401 || oauth1::problem_of(response)) return false;
  const auto challenge = to_lower_ascii(response.headers.find("WWW-Authenticate").value_or(""));
  return challenge.starts_with("oauth ") && challenge.find(" oauth_") != std::string::npos;
}

}  // namespace

std::optional<Error> two_legged_refusal(const http::Response& response, const ApplicationLink& link,
                                        Speaker speaker) {
  if (!refuses_the_client(response)) return std::nullopt;
  if (speaker == Speaker::user) {
    return Error{
        ErrorCode::refused,
        fmt::format("{} lets this link impersonate nobody, or not this user", provider_word(link)),
        fmt::format("a system administrator of {} ticks \"Allow user impersonation through "
                    "2-Legged OAuth\" at {}; the user must be one who may log in there",
                    provider_word(link), incoming_authentication)};
  }
  return Error{ErrorCode::refused,
               fmt::format("{} lets this link make no call without a user", provider_word(link)),
               fmt::format("a system administrator of {} ticks \"Allow 2-Legged OAuth\" at {}, and "
                           "names at \"Execute as\" a user who may log in",
                           provider_word(link), incoming_authentication)};
}

bool ran_as_nobody(const http::Response& response) {
  if (ran_as_anonymous(response)) return true;
  const auto challenge = to_lower_ascii(response.headers.find("WWW-Authenticate").value_or(""));
  return response.status == 401 && challenge.starts_with("oauth ") &&
         !refuses_the_client(response) && !oauth1::problem_of(response);
}

std::optional<std::string> effective_user(const http::Response& response) {
  const auto values = response.headers.all("X-AUSERNAME");
  if (values.empty() || values.front().empty()) return std::nullopt;
  // Two that differ prove nobody: together they are no user's name.
  const bool agree = std::all_of(values.begin(), values.end(),
                                 [&](std::string_view value) { return value == values.front(); });
  if (!agree) return fmt::format("{}", fmt::join(values, ", "));
  // Jira writes a name with other than ASCII letters in percent-encoding, and any other as it is.
  const auto decoded = oauth1::percent_decode(values.front());
  return decoded ? *decoded : std::string(values.front());
}

bool same_user(std::string_view one, std::string_view other) {
  return to_lower_ascii(one) == to_lower_ascii(other);
}

}  // namespace applink::jira
