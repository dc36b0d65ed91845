// What a product says to two-legged calls: its refusals, and who it took the caller for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/base/error.h"
#include "applink/jira/application_link.h"

namespace applink::http {
struct Response;
}

namespace applink::jira {

/// Whom a call without a user's token speaks for: the client itself, or a user whom it
/// impersonates.
enum class Speaker { client, user };

/// Why the product refused a two-legged call, with what its administrator has to tick. Atlassian's
/// products say it with a 401 that repeats the request's own parameters and names no oauth_problem;
/// absent for every other answer.
std::optional<Error> two_legged_refusal(const http::Response& response, const ApplicationLink& link,
                                        Speaker speaker);

/// Whether a call without a user's token ran as nobody: the product says so, or wants a login.
bool ran_as_nobody(const http::Response& response);

/// The user as whom the product ran the request, where it says so in X-AUSERNAME; foreign text.
std::optional<std::string> effective_user(const http::Response& response);

/// Whether two user names mean one user: products take names in any letter case.
bool same_user(std::string_view one, std::string_view other);

}  // namespace applink::jira
