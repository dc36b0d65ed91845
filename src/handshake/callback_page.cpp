// What the browser shows where the provider sent it to.
#include "handshake/callback_page.h"

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "pages/page.h"
#include "pages/style.h"

namespace applink::handshake {
namespace {

struct Words {
  int status;
  pages::Sign sign;
  std::string_view title;
  std::string_view text;
};

constexpr std::string_view close = "You may close this tab.";

Words words_of(Visit visit) {
  switch (visit) {
    case Visit::allowed:
      return {200, pages::Sign::good, "You allowed the login",
              "applink has the answer and fetches its token now; the terminal says how that went."};
    case Visit::answered:
      return {200, pages::Sign::attention, "applink has your answer",
              "It does not say whether you allowed the login: applink asks for its token now, and "
              "the terminal says how that went."};
    case Visit::denied:
      return {200, pages::Sign::bad, "You denied the login",
              "Nothing was allowed. applink has been told, and stops."};
    case Visit::another_login:
      return {400, pages::Sign::attention, "This answer belongs to another login",
              "applink did nothing with it, and goes on waiting. To answer, open the address that "
              "the terminal shows, and press Allow there."};
    case Visit::incomplete:
      return {400, pages::Sign::attention, "There is no answer in this address",
              "A part of it is missing, so applink goes on waiting. To answer, open the address "
              "that the terminal shows, and press Allow there."};
    case Visit::too_late:
      return {410, pages::Sign::attention, "This login has been answered already",
              "This answer comes too late and changes nothing; the terminal says how the login "
              "went."};
    case Visit::not_get:
      return {405, pages::Sign::attention, "Only GET is answered here", "Nothing was done."};
    case Visit::elsewhere:
      break;
  }
  return {404, pages::Sign::attention, "There is nothing here",
          "applink waits for the answer to a login, at another address."};
}

std::string content_security_policy() {
  return fmt::format(
      "default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'; "
      "frame-ancestors 'none'",
      pages::style_source());
}

}  // namespace

http::Response callback_page(Visit visit) {
  const Words words = words_of(visit);
  const pages::Page page{
      fmt::format("{} – applink", words.title),
      fmt::format("{}<h1>{}</h1>\n<p>{}</p>\n<p>{}</p>", pages::picture(words.sign), words.title,
                  words.text, close),
      "This page comes from applink on the computer where the login was started."};
  http::Response response{words.status,
                          {{"Content-Type", "text/html; charset=utf-8"},
                           {"Content-Security-Policy", content_security_policy()}},
                          pages::html(page)};
  if (visit == Visit::not_get) response.headers.set("Allow", "GET");
  return response;
}

}  // namespace applink::handshake
