// CAPTCHA, login pages, WebSudo, XSRF: answers of Jira, with its headers.
#include "sandbox/interference.h"

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "sandbox/browser.h"
#include "sandbox/endpoints/resource.h"
#include "sandbox/pages.h"
#include "sandbox/responses.h"
#include "sandbox/rest_answers.h"

namespace applink::sandbox {
namespace {

http::Response captcha(const Site& site) {
  http::Response response = html_response(
      403, error_page("Encountered a \"403 - Forbidden\" error while loading this page.",
                      "Basic Authentication Failure - Reason : AUTHENTICATION_DENIED", {}));
  response.headers.add("X-Seraph-LoginReason", "AUTHENTICATION_DENIED");
  response.headers.add(
      "X-Authentication-Denied-Reason",
      fmt::format("CAPTCHA_CHALLENGE; login-url={}{}", site.config.base_url(), login_path));
  return response;
}

// As it stands in front of a product that delegates its logins: no session, no way in.
http::Response page_of_login(const Site& site, const Incoming& incoming, std::string_view how) {
  if (how == "redirect") return redirect(login_url(site, incoming.path));
  LoginForm form;
  form.action = site.config.context_path + std::string(login_path);
  form.destination = incoming.path;
  return html_response(200, login_page(form));
}

bool uses_basic(const Incoming& incoming) {
  const auto header = incoming.request.headers.find("Authorization").value_or("");
  return to_lower_ascii(header.substr(0, 6)) == "basic ";
}

}  // namespace

http::Response websudo(const Incoming& incoming) {
  return status_document(incoming, 401, "This resource requires WebSudo.");
}

bool waives_xsrf(const Incoming& incoming) {
  const auto token = incoming.request.headers.find("X-Atlassian-Token").value_or("");
  return token == "no-check" || token == "nocheck";
}

std::optional<http::Response> instead_of_authentication(const Site& site,
                                                        const Incoming& incoming) {
  if (incoming.struck.by(MishapKind::captcha)) return captcha(site);
  const Blow* blow = incoming.struck.find(MishapKind::login_page);
  if (blow == nullptr) return std::nullopt;
  return page_of_login(site, incoming, blow->value);
}

std::optional<http::Response> instead_of_resource(const Incoming& incoming) {
  const Blow* nobody = incoming.struck.find(MishapKind::anonymous);
  if (nobody != nullptr && nobody->value == "empty") return empty_response(200);
  if (incoming.struck.by(MishapKind::websudo) && !uses_basic(incoming)) return websudo(incoming);
  // The pages for people check the token of their forms themselves.
  const bool is_checked = incoming.struck.by(MishapKind::xsrf) && is_resource(incoming.path);
  if (is_checked && !waives_xsrf(incoming)) return text_response(403, "XSRF check failed");
  return std::nullopt;
}

bool is_run_as_nobody(const Incoming& incoming) {
  return incoming.struck.by(MishapKind::anonymous);
}

void mark_as_nobodys(const Incoming& incoming, http::Response& response) {
  const Blow* blow = incoming.struck.find(MishapKind::anonymous);
  if (blow == nullptr) return;
  response.headers.add("X-Seraph-LoginReason",
                       blow->value == "empty" ? "AUTHENTICATED_FAILED" : "AUTHENTICATION_DENIED");
}

}  // namespace applink::sandbox
