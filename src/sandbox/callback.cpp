// Callbacks checked, and completed as Jira completes them.
#include "sandbox/callback.h"

#include <fmt/format.h>

#include "applink/http/url.h"

namespace applink::sandbox {

bool is_callback(std::string_view text) {
  return http::Url::parse(text).has_value();
}

Checked<std::optional<std::string>> requested_callback(const oauth1::Parameters& parameters) {
  const auto callback = oauth1::find(parameters, "oauth_callback");
  if (!callback || *callback == "oob") return std::nullopt;
  if (is_callback(*callback)) return std::string(*callback);
  return refuse(
      {{"oauth_problem", "parameter_rejected"},
       {"oauth_parameters_rejected", "oauth_callback"},
       {"oauth_problem_advice",
        fmt::format("OAuth 1.0 Revision A, section 6.1 <http://oauth.net/core/1.0a#auth_step1>, "
                    "wants oauth_callback to be an absolute URI with the scheme http or https, or "
                    "'oob' where the callback is established in another way. This one is neither: "
                    "'{}'",
                    *callback)}});
}

std::string callback_with(std::string_view callback, const oauth1::Parameters& parameters) {
  //= rfc5849#2.2
  //# If the callback URI already includes a query component, the server MUST append the OAuth
  //# parameters to the end of the existing query.
  const char separator = callback.find('?') == std::string_view::npos ? '?' : '&';
  return fmt::format("{}{}{}", callback, separator, oauth_form(parameters));
}

}  // namespace applink::sandbox
