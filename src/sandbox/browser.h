// The browser behind a request: its cookie, its session, its way to the login page.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/incoming.h"
#include "sandbox/site.h"

namespace applink::sandbox {

inline constexpr std::string_view login_path = "/login.jsp";

/// Null where the request brings no live session; valid until the sessions change.
const WebSession* session_of(Site& site, const http::Request& request);
/// Null where nobody is logged in, or the user is gone.
const User* user_of(const Site& site, const WebSession* session);
/// Whether the form brought the session's XSRF token back.
bool has_xsrf_token(const WebSession& session, const Incoming& incoming);

/// Hands the session to the browser: HttpOnly, SameSite=Lax, for the context path alone.
void set_session_cookie(const Site& site, const WebSession& session, http::Response& response);

/// The login page, and back to `destination` within the context.
std::string login_url(const Site& site, std::string_view destination);

}  // namespace applink::sandbox
