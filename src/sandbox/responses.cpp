// Status, headers and body, put together.
#include "sandbox/responses.h"

#include <utility>

#include "pages/style.h"
#include "sandbox/pages.h"

namespace applink::sandbox {
namespace {

/// This style sheet, forms, and nothing else; frames as Jira has it.
std::string page_security_policy() {
  return "default-src 'none'; style-src " + pages::style_source() +
         "; base-uri 'none'; frame-ancestors 'self'";
}

// Tokens, verifiers and XSRF tokens stay in no cache.
http::Response response(int status, std::string content_type, std::string body) {
  return {status,
          {{"Content-Type", std::move(content_type)}, {"Cache-Control", "no-store"}},
          std::move(body)};
}

}  // namespace

http::Response empty_response(int status) {
  return {status, {{"Cache-Control", "no-store"}}, {}};
}

http::Response text_response(int status, std::string body) {
  return response(status, "text/plain", std::move(body));
}

http::Response json_response(int status, std::string body) {
  return response(status, "application/json;charset=UTF-8", std::move(body));
}

http::Response html_response(int status, std::string page) {
  http::Response answer = response(status, "text/html;charset=UTF-8", std::move(page));
  answer.headers.add("X-Frame-Options", "SAMEORIGIN");
  answer.headers.add("Content-Security-Policy", page_security_policy());
  answer.headers.add("Referrer-Policy", "no-referrer");
  return answer;
}

http::Response redirect(std::string location) {
  http::Response answer = empty_response(302);
  answer.headers.add("Location", std::move(location));
  answer.headers.add("X-Frame-Options", "SAMEORIGIN");
  answer.headers.add("Content-Security-Policy", "frame-ancestors 'self'");
  answer.headers.add("Referrer-Policy", "no-referrer");
  return answer;
}

http::Response dead_link() {
  return html_response(404, error_page("Oops, you've found a dead link.",
                                       "There is no page at this address. Look at its context "
                                       "path: it has to begin as the base URL does.",
                                       {}));
}

http::Response crash_page(std::string_view detail) {
  return html_response(
      500, error_page("Sorry, we had some technical problems during your last operation.",
                      "Nothing was changed.", detail));
}

http::Response xsrf_failure() {
  return html_response(403, error_page("Xsrf token validation failed",
                                       "The form did not come from a page of this session. Go "
                                       "back, load the page again and send it once more.",
                                       {}));
}

}  // namespace applink::sandbox
