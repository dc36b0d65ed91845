// The page where a login without a destination ends.
#include "sandbox/endpoints/home.h"

#include "sandbox/browser.h"
#include "sandbox/pages.h"
#include "sandbox/responses.h"

namespace applink::sandbox {

http::Response home(const Site& site, const User* user) {
  Welcome welcome;
  welcome.base_url = site.config.base_url();
  if (user != nullptr) welcome.user = user->display_name.empty() ? user->name : user->display_name;
  welcome.login_path = site.config.context_path + std::string(login_path);
  for (const Consumer& consumer : site.config.consumers) welcome.consumers.push_back(consumer.key);
  return html_response(200, home_page(welcome));
}

}  // namespace applink::sandbox
