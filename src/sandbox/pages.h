// The pages that people see. Every argument is plain text; the pages escape it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace applink::sandbox {

enum class Attempt { first, failed };

struct LoginForm {
  std::string action;       ///< path
  std::string destination;  ///< where to go afterwards, within the context
  std::string xsrf_token;
  Attempt attempt = Attempt::first;
  std::vector<std::string> users;  ///< those who log in with the name as password
};
std::string login_page(const LoginForm& form);

struct AuthorizationForm {
  std::string action;
  std::string token;
  std::string xsrf_token;
  std::string consumer_name;
  std::string consumer_description;
  std::string host;       ///< of this sandbox
  std::string user;       ///< full name
  std::string return_to;  ///< the callback's scheme and authority; empty: a code is shown
  std::optional<std::string> callback;  ///< OAuth 1.0: the callback that came with the page's URL
};
std::string authorization_page(const AuthorizationForm& form);

/// `verifier` is none in OAuth 1.0: nothing but a confirmation.
std::string approved_page(std::string_view consumer_name,
                          const std::optional<std::string>& verifier);
std::string denied_page(std::string_view consumer_name);

/// What went wrong, in a heading and a sentence; `detail` is a line for those who build clients.
std::string error_page(std::string_view title, std::string_view text, std::string_view detail);

struct Welcome {
  std::string base_url;
  std::string user;  ///< full name; empty: nobody is logged in
  std::string login_path;
  std::vector<std::string> consumers;
};
std::string home_page(const Welcome& welcome);

}  // namespace applink::sandbox
