// Cookies read and set.
#include "sandbox/browser.h"

#include <fmt/format.h>

#include "applink/base/secret.h"
#include "applink/base/text.h"
#include "applink/oauth1/percent_encoding.h"

namespace applink::sandbox {
namespace {

constexpr std::string_view cookie_name = "JSESSIONID";

std::string_view cookie_of(std::string_view header) {
  while (!header.empty()) {
    const std::size_t end = header.find(';');
    const std::string_view pair = trim_ascii(header.substr(0, end));
    header.remove_prefix(end == std::string_view::npos ? header.size() : end + 1);
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == cookie_name) {
      return pair.substr(equals + 1);
    }
  }
  return {};
}

}  // namespace

const WebSession* session_of(Site& site, const http::Request& request) {
  for (const std::string_view header : request.headers.all("Cookie")) {
    const auto* session = site.sessions.find(cookie_of(header), site.clock.now());
    if (session != nullptr) return session;
  }
  return nullptr;
}

const User* user_of(const Site& site, const WebSession* session) {
  if (session == nullptr || session->user.empty()) return nullptr;
  return site.config.find_user(session->user);
}

bool has_xsrf_token(const WebSession& session, const Incoming& incoming) {
  if (incoming.struck.by(MishapKind::xsrf)) return false;
  const auto token = oauth1::find(incoming.form, "atl_token");
  return token && equal_in_constant_time(*token, session.xsrf_token);
}

void set_session_cookie(const Site& site, const WebSession& session, http::Response& response) {
  const std::string& context = site.config.context_path;
  response.headers.add(
      "Set-Cookie", fmt::format("{}={}; Path={}; HttpOnly; SameSite=Lax", cookie_name, session.id,
                                context.empty() ? "/" : context));
}

std::string login_url(const Site& site, std::string_view destination) {
  return fmt::format("{}{}?os_destination={}", site.config.context_path, login_path,
                     oauth1::percent_encode(destination));
}

}  // namespace applink::sandbox
