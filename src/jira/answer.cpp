// Reads what a product says beside the data.
#include "applink/jira/answer.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/message.h"
#include "applink/http/url.h"
#include "applink/jira/endpoints.h"
#include "applink/jira/login_command.h"
#include "applink/jira/problem_catalogue.h"
#include "applink/oauth1/problem.h"
#include "http/redirect_target.h"
#include "jira/redirect.h"

namespace applink::jira {
namespace {

std::string answered(const http::Response& response, const ApplicationLink& link) {
  const auto reason = http::reason_phrase(response.status);
  return fmt::format("{} answered {}{}{}", provider_word(link), response.status,
                     reason.empty() ? "" : " ", reason);
}

bool names_login_page(std::string_view location) {
  const auto text = to_lower_ascii(location.substr(0, location.find('?')));
  return text.find("login") != std::string::npos;
}

/// Nothing that a shell would take apart.
bool can_be_pasted(std::string_view url) {
  return std::all_of(url.begin(), url.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("._~:/%-").find(c) != std::string_view::npos;
  });
}

/// The same host, and no way back to plain http: a server's word makes no other host the link's.
bool is_same_place(const ApplicationLink& link, std::string_view meant) {
  const auto ours = http::Url::parse(link.base_url);
  const auto theirs = http::Url::parse(meant);
  return ours && theirs && to_lower_ascii(ours->host()) == to_lower_ascii(theirs->host()) &&
         (theirs->scheme() == "https" || ours->scheme() == "http");
}

std::string remedy_for_moved(const ApplicationLink& link, const std::string& meant) {
  if (!is_same_place(link, meant) || !can_be_pasted(meant)) {
    return fmt::format(
        "a signature is not sent on to another address: ask the administrator of "
        "{} whether the base URL {} has changed",
        provider_word(link), link.base_url);
  }
  return fmt::format("the base URL is probably {}: applink link set {} --url {}", meant, link.name,
                     meant);
}

Error redirected(const http::Response& response, const http::Url& asked,
                 const ApplicationLink& link, std::string_view login) {
  const auto location = response.headers.find("Location").value_or("");
  Error error{ErrorCode::failed,
              fmt::format("{} redirects to {}", provider_word(link),
                          http::redirect_target(response.headers).value_or("nowhere")),
              fmt::format("a signature is not sent on to another address: check the base URL {}",
                          link.base_url)};
  if (const auto meant = base_url_in_redirect(link, asked, location)) {
    error.hint = remedy_for_moved(link, *meant);
  } else if (names_login_page(location)) {
    error.code = ErrorCode::refused;
    error.hint = fmt::format(
        "it wants a login there, so it did not take the signature: check the "
        "base URL {}, or log in again: {}",
        link.base_url, login);
  }
  return error;
}

/// The first leg is signed by the consumer alone: no user has a part in it.
bool is_for_no_user(const http::Url& asked, const ApplicationLink& link) {
  const auto first_leg = temporary_credentials_url(link);
  return first_leg && first_leg->text() == asked.text();
}

/// Providers of another make seldom say "OAuth" where they refuse, and never why.
std::string remedy_at_other_provider(const ApplicationLink& link) {
  const auto proof = signs_with_key(link)
                         ? fmt::format("the public half of the key {}", link.key_name)
                         : std::string("the consumer secret");
  return fmt::format(
      "it does not say why: compare the consumer key {}, {} and {} with what is "
      "entered there",
      terminal_safe(link.consumer_key), proof, oauth1::to_string(link.signature_method));
}

/// Jira's own login form, and that of its sisters: a success to HTTP alone.
bool is_login_page(const http::Response& response, const http::Url& asked) {
  const auto has = [&response](std::string_view field) {
    return response.body.find(field) != std::string::npos;
  };
  return http::media_type(response.headers) == "text/html" && !names_login_page(asked.path()) &&
         has("os_username") && has("os_password");
}

Error in_place_of_answer(const http::Response& response, const ApplicationLink& link,
                         std::string_view login) {
  return {ErrorCode::refused,
          fmt::format("{} answered {} with its login page", provider_word(link), response.status),
          fmt::format("it did not take the signature, or a login stands in front of it: check the "
                      "base URL {}, or log in again: {}",
                      link.base_url, login)};
}

/// Atlassian sends the request's own parameters back where the signature was good, and whoever it
/// speaks for may not log in.
bool echoes_signature(const http::Response& response) {
  const auto challenges = response.headers.all("WWW-Authenticate");
  return std::any_of(challenges.begin(), challenges.end(), [](std::string_view challenge) {
    return challenge.find("oauth_signature=") != std::string_view::npos;
  });
}

/// What is to be done about a request that ran as nobody.
std::string remedy_for_nobody(const http::Response& response, std::string_view login) {
  if (response.headers.find("X-Seraph-LoginReason")) {
    return fmt::format("the request ran as nobody, for the token was not taken: log in again: {}",
                       login);
  }
  return fmt::format(
      "the request ran as nobody: look for a proxy that drops the Authorization header, or log in "
      "again: {}",
      login);
}

Error wants_websudo(const http::Response& response, const ApplicationLink& link) {
  return {ErrorCode::refused, answered(response, link) + ": this resource requires WebSudo",
          "an OAuth signature does not open it: an administrator's password does, in the browser "
          "or by Basic authentication"};
}

/// A 401 that names no problem says by its headers alone what the product made of the signature.
std::string remedy_for_silence(const http::Response& response, const http::Url& asked,
                               const ApplicationLink& link, std::string_view login) {
  const auto challenge = response.headers.find("WWW-Authenticate").value_or("");
  if (!to_lower_ascii(challenge).starts_with("oauth")) {
    return fmt::format(
        "nothing there speaks OAuth 1.0a: check the base URL {}, and that it is not Jira Cloud",
        link.base_url);
  }
  if (is_for_no_user(asked, link)) {
    return fmt::format(
        "the application link there has to know the consumer key {} and this public key: "
        "applink key export {} --public-pem",
        terminal_safe(link.consumer_key), link.key_name);
  }
  if (echoes_signature(response)) {
    return fmt::format(
        "the signature is good, but the user may not log in there: deactivated, or without a "
        "licence; ask the administrator of {}",
        provider_word(link));
  }
  if (ran_as_anonymous(response)) return remedy_for_nobody(response, login);
  return fmt::format(
      "the user may not log in there (deactivated, no licence), or a part of the signature was "
      "lost on the way: log in again: {}",
      login);
}

bool is_about_websudo(const http::Response& response) {
  return response.status == 401 && response.body.find("WebSudo") != std::string::npos;
}

bool is_about_captcha(const http::Response& response) {
  const auto reason = response.headers.find("X-Authentication-Denied-Reason").value_or("");
  return response.status == 403 && reason.starts_with("CAPTCHA_CHALLENGE");
}

Error unauthorized(const http::Response& response, const http::Url& asked,
                   const ApplicationLink& link, std::string_view login) {
  if (is_about_websudo(response)) return wants_websudo(response, link);
  Error error{ErrorCode::refused, answered(response, link) + ", without an OAuth problem", {}};
  if (link.product != Product::generic) {
    error.hint = remedy_for_silence(response, asked, link, login);
    return error;
  }
  error.hint = remedy_at_other_provider(link);
  if (!is_for_no_user(asked, link)) error.hint += fmt::format(", or log in again: {}", login);
  return error;
}

Error forbidden(const http::Response& response, const ApplicationLink& link) {
  Error error{ErrorCode::failed, answered(response, link), "the user may not do this there"};
  if (is_about_captcha(response)) {
    error.code = ErrorCode::refused;
    error.message += ": it wants a CAPTCHA answered";
    error.hint = fmt::format("log in at {} with a browser once, then try again", link.base_url);
  } else if (response.body.find("XSRF check failed") != std::string::npos) {
    error.message += ": XSRF check failed";
    error.hint = "send the header X-Atlassian-Token: no-check, and no browser's User-Agent";
  }
  return error;
}

/// "/jira/rest/…" given as a path to a link whose base URL ends in "/jira" already.
bool doubles_context_path(const http::Url& asked, const ApplicationLink& link) {
  const auto base = http::Url::parse(link.base_url);
  if (!base || base->path().empty()) return false;
  const auto context = std::string(base->path());
  return asked.path().starts_with(context + context + "/");
}

Error not_found(const http::Response& response, const http::Url& asked, const ApplicationLink& link,
                std::string_view login) {
  Error error{ErrorCode::failed, answered(response, link), {}};
  if (doubles_context_path(asked, link)) {
    error.hint = fmt::format("a path is under the base URL {}, so leave out the context path",
                             link.base_url);
  } else if (ran_as_anonymous(response)) {
    error.code = ErrorCode::refused;
    error.hint = remedy_for_nobody(response, login);
  } else if (http::media_type(response.headers) == "text/html") {
    error.hint =
        fmt::format("nothing is at this address: check the context path of {}", link.base_url);
  } else {
    error.hint = "it does not exist, or the user may not see it";
  }
  return error;
}

/// Retry-After in its usual form, a number of seconds.
std::string when_to_try_again(const http::Response& response) {
  constexpr std::size_t most_digits = 7;
  const auto after = response.headers.find("Retry-After").value_or("");
  const bool is_number = !after.empty() && after.size() <= most_digits &&
                         after.find_first_not_of("0123456789") == std::string_view::npos;
  if (!is_number) return "try again later";
  if (after.find_first_not_of('0') == std::string_view::npos) return "try again";
  return fmt::format("try again in {} second{}", after, after == "1" ? "" : "s");
}

std::string where_to_look(const http::Response& response, const ApplicationLink& link) {
  const auto again = when_to_try_again(response);
  if (response.status == 429) return "it takes no more requests for now: " + again;
  if (response.status == 502 || response.status == 504) {
    return fmt::format("the proxy in front of {} gets no answer from it: {}", provider_word(link),
                       again);
  }
  if (response.status >= 500) return again + "; the log of the product says why";
  if (response.body.empty()) return "it does not say why: check the method, the path and the body";
  return "the body of the answer says why";
}

}  // namespace

std::optional<Error> failure_of(const http::Response& response, const http::Url& asked,
                                const ApplicationLink& link, std::string_view user_label) {
  const std::string login = login_command(link.name, user_label);
  if (response.status >= 200 && response.status < 300) {
    if (!is_login_page(response, asked)) return std::nullopt;
    return in_place_of_answer(response, link, login);
  }
  if (const auto problem = oauth1::problem_of(response)) {
    return refused_by_jira(*problem, link, user_label);
  }
  if (response.status >= 300 && response.status < 400 && response.status != 304) {
    return redirected(response, asked, link, login);
  }
  if (response.status == 401) return unauthorized(response, asked, link, login);
  if (response.status == 403) return forbidden(response, link);
  if (response.status == 404) return not_found(response, asked, link, login);
  return Error{ErrorCode::failed, answered(response, link), where_to_look(response, link)};
}

bool wants_something_first(const http::Response& response) {
  return is_about_captcha(response) || is_about_websudo(response);
}

bool ran_as_anonymous(const http::Response& response) {
  const auto user = response.headers.find("X-AUSERNAME").value_or("");
  const auto reason = response.headers.find("X-Seraph-LoginReason").value_or("");
  return user == "anonymous" || reason == "AUTHENTICATION_DENIED" ||
         reason == "AUTHENTICATED_FAILED";
}

}  // namespace applink::jira
