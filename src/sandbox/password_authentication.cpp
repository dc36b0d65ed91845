// Basic (RFC 7617) and Bearer (RFC 6750).
#include "sandbox/password_authentication.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "applink/base/encoding.h"
#include "applink/base/text.h"
#include "sandbox/pages.h"
#include "sandbox/responses.h"
#include "sandbox/rest_answers.h"

namespace applink::sandbox {
namespace {

std::optional<std::string_view> behind_scheme(const http::Request& request,
                                              std::string_view scheme) {
  const std::string_view header = request.headers.find("Authorization").value_or("");
  if (to_lower_ascii(header.substr(0, scheme.size())) != scheme) return std::nullopt;
  return trim_ascii(header.substr(scheme.size()));
}

const User* with_right_to_log_in(const User* user) {
  return user != nullptr && user->login == LoginRight::granted ? user : nullptr;
}

const User* by_password(const Site& site, std::string_view credentials) {
  const auto decoded = base64_decode(credentials);
  if (!decoded) return nullptr;
  const std::size_t colon = decoded->find(':');
  if (colon == std::string::npos) return nullptr;
  const User* user = site.config.find_user(decoded->substr(0, colon));
  const bool right = user != nullptr && user->password == decoded->substr(colon + 1);
  return right ? with_right_to_log_in(user) : nullptr;
}

const User* by_token(const Site& site, std::string_view token) {
  const auto& tokens = site.config.personal_access_tokens;
  const auto found =
      std::find_if(tokens.begin(), tokens.end(),
                   [token](const PersonalAccessToken& known) { return known.token == token; });
  return found == tokens.end() ? nullptr : with_right_to_log_in(site.config.find_user(found->user));
}

}  // namespace

Presented presented(const http::Request& request) {
  if (behind_scheme(request, "basic ")) return Presented::password;
  return behind_scheme(request, "bearer ") ? Presented::token : Presented::nothing;
}

const User* user_by_header(const Site& site, const http::Request& request) {
  if (const auto credentials = behind_scheme(request, "basic ")) {
    return by_password(site, *credentials);
  }
  const auto token = behind_scheme(request, "bearer ");
  return token ? by_token(site, *token) : nullptr;
}

http::Response login_failed(const http::Request& request) {
  if (presented(request) == Presented::token) {
    return status_answer(401, "Client must be authenticated to access this resource.");
  }
  http::Response response = html_response(
      401, error_page("Encountered a \"401 - Unauthorized\" error while loading this page.",
                      "Basic Authentication Failure - Reason : AUTHENTICATED_FAILED", {}));
  response.headers.add("X-Seraph-LoginReason", "AUTHENTICATED_FAILED");
  return response;
}

}  // namespace applink::sandbox
