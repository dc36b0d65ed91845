// From a method and a path to the answer.
#include "applink/calls/sender.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/http/form.h"
#include "applink/jira/answer.h"
#include "applink/jira/login_command.h"
#include "applink/jira/two_legged.h"
#include "applink/signing/signature_difference.h"
#include "calls/named_user.h"
#include "oauth1/query_placement.h"

namespace applink::calls {
namespace {

Result<void> check_method(std::string_view method) {
  if (http::is_token(method)) return {};
  return fail(ErrorCode::usage, fmt::format("\"{}\" is not a method", terminal_safe(method)),
              "GET, POST, PUT and DELETE are");
}

Result<void> check_headers(const http::Headers& headers) {
  for (const auto& [name, value] : headers) {
    if (!http::is_token(name)) {
      return fail(ErrorCode::usage,
                  fmt::format("\"{}\" cannot be the name of a header", terminal_safe(name)),
                  "write a header as NAME: VALUE");
    }
    if (!http::is_field_value(value)) {
      return fail(ErrorCode::usage,
                  fmt::format("the value of the header {} has characters that none may have", name),
                  "a header is one line");
    }
  }
  return {};
}

Result<void> check_call(const Call& call, const jira::ApplicationLink& link) {
  TRY_ASSIGN(auto url, jira::resolve(link, call.path_or_url));
  return check_no_user_named({call.method, std::move(url), call.headers, call.body}, link,
                             call.impersonated.empty()
                                 ? "leave it out and name the user with --impersonate USER, which "
                                   "proves that the call runs as that one"
                                 : "leave it out: --impersonate puts it there");
}

/// The query is where the product looks for it.
Result<http::Url> with_requestor(const http::Url& url, std::string_view user) {
  return oauth1::with_query_parameters(url, {{"xoauth_requestor_id", std::string(user)}});
}

Result<http::Url> url_of(const Call& call, const jira::ApplicationLink& link) {
  TRY_ASSIGN(auto url, jira::resolve(link, call.path_or_url));
  if (call.impersonated.empty()) return url;
  return with_requestor(url, call.impersonated);
}

/// Some of Atlassian's interfaces answer in XML where nothing is said, and take JSON where they
/// take anything.
void add_defaults(http::Request& request) {
  if (!request.headers.find("Accept")) request.headers.add("Accept", "application/json");
  if (request.body.empty() || request.headers.find("Content-Type")) return;
  request.headers.add("Content-Type", "application/json");
}

Result<http::Request> unsigned_request(const Call& call, const jira::ApplicationLink& link) {
  TRY_ASSIGN(auto url, url_of(call, link));
  http::Request request{call.method, std::move(url), call.headers, call.body};
  add_defaults(request);
  return request;
}

}  // namespace

Sender::Sender(http::Transport& transport, const signing::RequestSigner& signer,
               std::optional<oauth1::TokenCredentials> token, std::string user_label,
               signing::SigningChoices choices)
    : transport_(&transport),
      signer_(&signer),
      token_(std::move(token)),
      user_label_(std::move(user_label)),
      choices_(std::move(choices)) {}

Result<http::Request> Sender::prepare(const Call& call) const {
  TRY(check_method(call.method));
  TRY(check_headers(call.headers));
  if (!is_for_a_user() || !call.impersonated.empty()) TRY(check_call(call, link()));
  TRY_ASSIGN(auto request, unsigned_request(call, link()));
  // An empty token, not none: to Jira a request without oauth_token is not OAuth at all.
  return signer_->sign(
      std::move(request),
      token_ ? signing::credentials_of(*token_) : signing::Credentials{.token = ""}, choices_);
}

bool Sender::is_for_a_user() const {
  return token_ && !token_->token.empty();
}

Result<http::Response> Sender::send(const Call& call) const {
  TRY_ASSIGN(const auto request, prepare(call));
  return transport_->send(request);
}

std::optional<Error> Sender::explain(const Call& call, const http::Response& response) const {
  const auto& link = signer_->link();
  const auto asked = unsigned_request(call, link);
  if (!asked) return asked.error();
  if (!is_for_a_user()) {
    const auto speaker = call.impersonated.empty() ? jira::Speaker::client : jira::Speaker::user;
    if (auto refusal = jira::two_legged_refusal(response, link, speaker)) return refusal;
  }
  if (auto failure = jira::failure_of(response, asked->url, link, user_label_)) {
    if (!is_for_a_user() && jira::ran_as_nobody(response) &&
        !jira::wants_something_first(response)) {
      failure->hint =
          "the request ran as nobody: a call without a user runs as the one that the "
          "administrator names at \"Execute as\"";
    }
    return signing::with_signature_difference(std::move(*failure), response, *asked, link);
  }
  if (!is_for_a_user() || !jira::ran_as_anonymous(response)) return std::nullopt;
  return Error{ErrorCode::refused,
               fmt::format("{} ran the request as nobody", jira::provider_word(link)),
               fmt::format("it did not take the token: log in again: {}",
                           jira::login_command(link.name, user_label_))};
}

}  // namespace applink::calls
