// Where a link's product takes the requests of the dance and says who is logged in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/jira/application_link.h"

namespace applink::http {
class Url;
}

namespace applink::jira {

// The three of RFC 5849 section 2, by its names. Refused where a generic link does not say its own.
Result<http::Url> temporary_credentials_url(const ApplicationLink& link);
/// `callback` is for OAuth 1.0, which has it here and not at the first leg.
Result<http::Url> authorization_url(const ApplicationLink& link, std::string_view token,
                                    std::optional<std::string_view> callback = std::nullopt);
Result<http::Url> token_credentials_url(const ApplicationLink& link);

/// Whether there is a current_user_url(): a generic link has one if it says it.
bool says_who_is_logged_in(const ApplicationLink& link);

/// Answers 401 or an anonymous user where the credentials were not accepted.
Result<http::Url> current_user_url(const ApplicationLink& link);

/// Product, version and configured base URL; asked without credentials.
Result<http::Url> server_info_url(const ApplicationLink& link);

/// The page where users see and revoke the tokens that they allowed; of a generic provider, about
/// whose pages nothing is known, its base URL.
std::string tokens_page(const ApplicationLink& link);

}  // namespace applink::jira
