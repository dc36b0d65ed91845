// Reading the answer to a request for credentials (RFC 5849 sections 2.1 and 2.3).
#include "applink/oauth1/credentials_response.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/base/number.h"
#include "applink/base/text.h"
#include "applink/http/form.h"
#include "applink/oauth1/problem.h"
#include "http/redirect_target.h"
#include "oauth1/well_formed.h"

namespace applink::oauth1 {
namespace {

constexpr std::size_t longest_body = std::size_t{64} * 1024;
// The RFC leaves the size of tokens open; Jira's have 32 characters, others' some hundred.
constexpr std::size_t longest_value = 4096;
constexpr std::string_view what_failed = "the provider's answer is not usable: ";

tl::unexpected<Error> unusable(std::string_view why,
                               std::string hint =
                                   "something else than the provider answered, or "
                                   "garbled what it said: check the base URL, and "
                                   "look for a proxy between") {
  return fail(ErrorCode::failed, fmt::format("{}{}", what_failed, why), std::move(hint));
}

tl::unexpected<Error> refused(std::string_view problem) {
  return fail(ErrorCode::refused,
              fmt::format("the provider refused the request: {}", terminal_safe(problem)),
              "the log of the provider says more");
}

/// The pairs of a body in which secrets stand: wiped when they go.
class Pairs {
 public:
  explicit Pairs(std::string_view body) : pairs_(http::parse_form(body)) {}
  Pairs(const Pairs&) = delete;
  Pairs& operator=(const Pairs&) = delete;
  ~Pairs() {
    for (http::FormPair& pair : pairs_) wipe(pair.value);
  }

  /// Nothing where the parameter is missing; an error where its value is not to be trusted.
  [[nodiscard]] Result<std::optional<std::string_view>> find(std::string_view name) const {
    std::optional<std::string_view> value;
    for (const http::FormPair& pair : pairs_) {
      if (pair.name != name) continue;
      if (value) return unusable(fmt::format("{} is there twice", name));
      value = pair.value;
    }
    if (!value) return std::nullopt;
    if (value->size() > longest_value) {
      return unusable(fmt::format("{} is longer than {} bytes", name, longest_value));
    }
    if (has_control_characters(*value)) {
      return unusable(fmt::format("{} has a control character", name));
    }
    return value;
  }

  [[nodiscard]] Result<std::string_view> demand(std::string_view name) const {
    TRY_ASSIGN(const auto value, find(name));
    if (!value) return unusable(fmt::format("it has no {}", name));
    return *value;
  }

 private:
  std::vector<http::FormPair> pairs_;
};

Result<void> check_status(const http::Response& response) {
  if (const auto problem = problem_of(response)) return refused(problem->name);
  if (response.status == 200) return {};
  if (response.status >= 300 && response.status < 400) {
    return unusable(fmt::format("it is a redirect (HTTP {}) to {}", response.status,
                                http::redirect_target(response.headers).value_or("nowhere")),
                    "a signature holds for one URL alone: use the base URL that it leads to");
  }
  return unusable(fmt::format("HTTP {} {}", response.status, http::reason_phrase(response.status)));
}

Result<void> check_kind(const http::Response& response) {
  const std::string_view body = trim_ascii(response.body);
  if (body.empty()) {
    return unusable("the server answered 200 with an empty body: it took the request for a GET",
                    "something between here and the provider turns POST into GET, often a redirect "
                    "from http to https: check the base URL");
  }
  const std::string type = http::media_type(response.headers);
  if (type == "text/html" || type == "application/xhtml+xml" || body.front() == '<') {
    return unusable("it is a web page, such as the login page of a proxy or of single sign-on",
                    "check the base URL, and that this path is reached without a browser's login");
  }
  //= rfc5849#2.1
  //# The temporary credentials are included in the HTTP response body using the
  //# "application/x-www-form-urlencoded" content type as defined by [W3C.REC-html40-19980424] with
  //# a 200 status code (OK).
  // Jira writes text/plain, since the encoding is not quite that of forms.
  if (!type.empty() && type != "text/plain" && !http::is_form(response.headers)) {
    return unusable(fmt::format("its content type is {}", terminal_safe(type)),
                    "check the base URL");
  }
  if (response.body.size() > longest_body) {
    return unusable(fmt::format("it is longer than {} bytes", longest_body));
  }
  return {};
}

Result<std::string_view> checked_body(const http::Response& response) {
  TRY(check_status(response));
  TRY(check_kind(response));
  const std::string_view body = trim_ascii(response.body);
  if (const auto well_formed = check_form_encoding(body, "it"); !well_formed) {
    return unusable(well_formed.error().message);
  }
  return body;
}

/// Some servers report a problem with status 200.
Result<void> check_no_problem(const Pairs& pairs) {
  TRY_ASSIGN(const auto problem, pairs.find("oauth_problem"));
  if (!problem) return {};
  return problem->empty() ? unusable("oauth_problem is empty") : refused(*problem);
}

Result<std::string> token_of(const Pairs& pairs) {
  TRY_ASSIGN(const auto token, pairs.demand("oauth_token"));
  if (token.empty()) return unusable("oauth_token is empty");
  return std::string(token);
}

/// What the token works without: a value that cannot be trusted is as good as none, for the
/// verifier is spent, and a token thrown away would be lost.
std::optional<std::string_view> optional_value(const Pairs& pairs, std::string_view name) {
  const auto found = pairs.find(name);
  return found ? *found : std::nullopt;
}

std::optional<std::chrono::seconds> seconds_of(const Pairs& pairs, std::string_view name) {
  const auto text = optional_value(pairs, name);
  if (!text) return std::nullopt;
  constexpr std::size_t most_digits = 10;  // three centuries: no sum with a time overflows
  const auto seconds = number_in<std::int64_t>(*text);
  if (!seconds || *seconds < 0 || text->size() > most_digits) return std::nullopt;
  return std::chrono::seconds(*seconds);
}

}  // namespace

Result<TemporaryCredentials> parse_temporary_credentials(const http::Response& response,
                                                         Unconfirmed unconfirmed) {
  TRY_ASSIGN(const auto body, checked_body(response));
  const Pairs pairs(body);
  TRY(check_no_problem(pairs));
  TRY_ASSIGN(auto token, token_of(pairs));
  TRY_ASSIGN(const auto secret, pairs.demand("oauth_token_secret"));
  //= rfc5849#2.1
  //# oauth_callback_confirmed MUST be present and set to "true".
  TRY_ASSIGN(const auto confirmed, pairs.find("oauth_callback_confirmed"));
  if (confirmed == "true") return TemporaryCredentials{std::move(token), Secret(secret)};
  if (unconfirmed == Unconfirmed::accepted) {
    return TemporaryCredentials{std::move(token), Secret(secret), CallbackConfirmed::no};
  }
  return unusable("oauth_callback_confirmed is not \"true\"",
                  "the provider speaks OAuth 1.0, in which a stranger can end a login that another "
                  "began; where it has to be: applink link set LINK --accept-oauth-1.0");
}

Result<TokenCredentialsResponse> parse_token_credentials(const http::Response& response) {
  TRY_ASSIGN(const auto body, checked_body(response));
  const Pairs pairs(body);
  TRY(check_no_problem(pairs));
  //= rfc5849#2.3
  //# The response contains the following REQUIRED parameters: oauth_token The token identifier.
  //# oauth_token_secret The token shared-secret.
  TRY_ASSIGN(auto token, token_of(pairs));
  TRY_ASSIGN(const auto secret, pairs.demand("oauth_token_secret"));
  return TokenCredentialsResponse{
      {std::move(token), Secret(secret)},
      seconds_of(pairs, "oauth_expires_in"),
      Secret(optional_value(pairs, "oauth_session_handle").value_or("")),
      seconds_of(pairs, "oauth_authorization_expires_in")};
}

}  // namespace applink::oauth1
