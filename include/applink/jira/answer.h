// What a product says beside the data: refusals, redirects, login pages, signs of anonymity.
#pragma once

#include <optional>
#include <string_view>

#include "applink/base/error.h"
#include "applink/jira/application_link.h"

namespace applink::http {
struct Response;
class Url;
}  // namespace applink::http

namespace applink::jira {

/// Why the answer to a request for `asked` is not what was asked for; absent for a status of 2xx,
/// save where it brings the product's login page.
/// ErrorCode::refused where the credentials were, ErrorCode::failed for everything else.
/// `user_label` says whose token the login that the hint may advise is for.
std::optional<Error> failure_of(const http::Response& response, const http::Url& asked,
                                const ApplicationLink& link,
                                std::string_view user_label = default_user_label);

/// Whether the product ran the request as nobody, whatever the status says.
bool ran_as_anonymous(const http::Response& response);

/// Whether the product says what it wants first: a CAPTCHA, or WebSudo.
bool wants_something_first(const http::Response& response);

}  // namespace applink::jira
