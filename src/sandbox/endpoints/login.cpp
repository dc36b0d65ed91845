// The login form with Jira's field names.
#include "sandbox/endpoints/login.h"

#include <algorithm>
#include <string>
#include <utility>

#include "applink/base/secret.h"
#include "sandbox/browser.h"
#include "sandbox/pages.h"
#include "sandbox/responses.h"

namespace applink::sandbox {
namespace {

// A path within the context; anything that could lead out of it, or into a header, is the home
// page.
std::string destination_of(const Incoming& incoming) {
  const auto wanted = oauth1::find(incoming.parameters, "os_destination").value_or("");
  const bool printable = std::all_of(wanted.begin(), wanted.end(),
                                     [](char c) { return c > ' ' && c <= '~' && c != '\\'; });
  if (!printable || wanted.substr(0, 1) != "/" || wanted.substr(0, 2) == "//") return "/";
  return std::string(wanted);
}

http::Response show(Site& site, const Incoming& incoming, Attempt attempt) {
  const WebSession* known = session_of(site, incoming.request);
  const WebSession& session = known != nullptr ? *known : site.sessions.start(site.clock.now());
  LoginForm form;
  form.action = site.config.context_path + std::string(login_path);
  form.destination = destination_of(incoming);
  form.xsrf_token = session.xsrf_token;
  form.attempt = attempt;
  for (const User& user : site.config.users) {
    if (user.password == user.name) form.users.push_back(user.name);
  }
  http::Response response = html_response(200, login_page(form));
  if (known == nullptr) set_session_cookie(site, session, response);
  if (attempt == Attempt::failed) {
    response.headers.add("X-Seraph-LoginReason", "AUTHENTICATED_FAILED");
  }
  return response;
}

const User* identified(const Site& site, const Incoming& incoming) {
  const auto name = oauth1::find(incoming.form, "os_username").value_or("");
  const auto password = oauth1::find(incoming.form, "os_password").value_or("");
  const User* user = site.config.find_user(name);
  if (user == nullptr || user->login == LoginRight::withdrawn) return nullptr;
  return equal_in_constant_time(password, user->password) ? user : nullptr;
}

}  // namespace

http::Response login(Site& site, const Incoming& incoming) {
  if (incoming.request.method != "POST") return show(site, incoming, Attempt::first);
  const WebSession* session = session_of(site, incoming.request);
  if (session == nullptr || !has_xsrf_token(*session, incoming)) return xsrf_failure();
  const User* user = identified(site, incoming);
  if (user == nullptr) return show(site, incoming, Attempt::failed);
  const std::string old_id = session->id;
  const WebSession& fresh = site.sessions.log_in(old_id, user->name, site.clock.now());
  http::Response response = redirect(site.config.context_path + destination_of(incoming));
  set_session_cookie(site, fresh, response);
  return response;
}

}  // namespace applink::sandbox
