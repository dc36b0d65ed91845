// Where a link's product takes the requests of the dance and says who is logged in.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/jira/application_link.h"

namespace applink::http {
class Url;
}

namespace applink::jira {

// The three of RFC 5849 section 2, by its names. A generic provider has its own: refused here.
Result<http::Url> temporary_credentials_url(const ApplicationLink& link);
Result<http::Url> authorization_url(const ApplicationLink& link, std::string_view token);
Result<http::Url> token_credentials_url(const ApplicationLink& link);

/// Answers 401 or an anonymous user where the credentials were not accepted.
Result<http::Url> current_user_url(const ApplicationLink& link);

/// Product, version and configured base URL; asked without credentials.
Result<http::Url> server_info_url(const ApplicationLink& link);

/// The page where users see and revoke the tokens that they allowed.
std::string tokens_page(const ApplicationLink& link);

}  // namespace applink::jira
