// The three legs. What the answers hold is read by oauth1 and jira; here they are asked for.
#include "applink/handshake/handshake.h"

#include <utility>

#include <fmt/format.h>

#include "applink/jira/answer.h"
#include "applink/jira/endpoints.h"
#include "applink/jira/login_command.h"
#include "applink/oauth1/problem.h"
#include "applink/signing/signature_difference.h"

namespace applink::handshake {
namespace {

/// Three problems mean at the exchange what they mean nowhere else: there the user has just pressed
/// Deny, or has just typed a code, or took too long to; and no session renews a login.
Error at_exchange(Error error, const http::Response& response, const jira::ApplicationLink& link,
                  std::string_view user_label) {
  const auto problem = oauth1::problem_of(response);
  if (problem && problem->name == "permission_denied") error.code = ErrorCode::denied;
  if (problem && problem->name == "token_rejected") {
    error.hint = fmt::format(
        "the code is not the one that {} showed, or this login is over: give "
        "the code again, or start over: {}",
        jira::provider_word(link), jira::login_command(link.name, user_label));
  }
  if (problem && problem->name == "token_expired") {
    error.hint = fmt::format("this login took too long: start over: {}",
                             jira::login_command(link.name, user_label));
  }
  return error;
}

/// At a renewal nobody has pressed anything.
Error at_renewal(Error error, const http::Response& response, const jira::ApplicationLink& link,
                 std::string_view user_label) {
  const auto problem = oauth1::problem_of(response);
  const auto login = jira::login_command(link.name, user_label);
  if (problem && problem->name == "token_rejected") {
    error.hint = fmt::format(
        "the token or its session is not known there any more: revoked, or renewed by somebody "
        "else: log in again: {}",
        login);
  }
  if (problem && problem->name == "permission_denied") {
    error.hint = fmt::format(
        "the session behind the token is over, so its user has to allow a new one: {}", login);
  }
  if (problem && problem->name == "parameter_absent") {
    error.hint += fmt::format(", or log in again: {}", login);
  }
  return error;
}

}  // namespace

Result<Handshake::Exchange> Handshake::post(const http::Url& url,
                                            const signing::Credentials& credentials) const {
  // Always POST: Jira answers a GET there with 200 and nothing.
  http::Request request{"POST", url, {}, {}};
  TRY_ASSIGN(auto signed_request, signer_->sign(std::move(request), credentials));
  TRY_ASSIGN(auto response, transport_->send(signed_request));
  return Exchange{url, std::move(signed_request), std::move(response)};
}

/// What no reader of credentials could say: that the answer comes from somewhere else.
Result<void> Handshake::check_success(const Exchange& exchange) const {
  const auto& link = signer_->link();
  const auto& [asked, sent, response] = exchange;
  if (auto failure = jira::failure_of(response, asked, link, user_label_)) {
    return tl::unexpected(
        signing::with_signature_difference(std::move(*failure), response, sent, link));
  }
  if (response.body.empty()) {
    return fail(
        ErrorCode::failed,
        fmt::format("{} answered {} with nothing", jira::provider_word(link), response.status),
        "it answers a GET so: look for a proxy that makes a GET of a POST, and check the "
        "base URL " +
            link.base_url);
  }
  const auto type = http::media_type(response.headers);
  const auto first = response.body.find_first_not_of(" \t\r\n");
  if (type != "text/html" && (first == std::string::npos || response.body[first] != '<')) return {};
  return fail(
      ErrorCode::failed,
      fmt::format("{} answered with a page instead of credentials", jira::provider_word(link)),
      fmt::format("a login page or a proxy stands there, or the context path is missing: "
                  "check the base URL {}",
                  link.base_url));
}

Result<oauth1::TemporaryCredentials> Handshake::begin(std::string_view callback) const {
  const auto& link = signer_->link();
  TRY_ASSIGN(const auto url, jira::temporary_credentials_url(link));
  //= rfc5849#2.1
  //# The client obtains a set of temporary credentials from the server by making an authenticated
  //# (Section 3) HTTP "POST" request to the Temporary Credential Request endpoint
  //= rfc5849#2.1
  //# The client constructs a request URI by adding the following REQUIRED parameter to the request
  //# (in addition to the other protocol parameters, using the same parameter transmission method):
  //# oauth_callback: An absolute URI back to which the server will redirect the resource owner
  //= rfc5849#2.1
  //# The client MAY omit the empty "oauth_token" protocol parameter from the request and MUST use
  //# the empty string as the token secret value.
  TRY_ASSIGN(const auto exchange, post(url, {.callback = std::string(callback)}));
  TRY(check_success(exchange));
  return oauth1::parse_temporary_credentials(exchange.response,
                                             link.accept_oauth_1_0 == jira::AcceptOAuth10::yes
                                                 ? oauth1::Unconfirmed::accepted
                                                 : oauth1::Unconfirmed::refused);
}

Result<http::Url> Handshake::authorization_url(const oauth1::TemporaryCredentials& temporary,
                                               std::string_view callback) const {
  const bool goes_here =
      temporary.callback_confirmed == oauth1::CallbackConfirmed::no && callback != oob;
  return jira::authorization_url(signer_->link(), temporary.token,
                                 goes_here ? std::optional(callback) : std::nullopt);
}

Result<oauth1::TokenCredentialsResponse> Handshake::finish(
    const oauth1::TemporaryCredentials& temporary, std::string_view verifier) const {
  const auto& link = signer_->link();
  TRY_ASSIGN(const auto url, jira::token_credentials_url(link));
  //= rfc5849#2.3
  //# The client obtains a set of token credentials from the server by making an authenticated
  //# (Section 3) HTTP "POST" request to the Token Request endpoint
  //= rfc5849#2.3
  //# The client constructs a request URI by adding the following REQUIRED parameter to the request
  //# (in addition to the other protocol parameters, using the same parameter transmission method):
  //# oauth_verifier The verification code received from the server in the previous step.
  signing::Credentials credentials{.token = temporary.token,
                                   .token_secret = temporary.secret.copy()};
  if (!verifier.empty()) credentials.verifier = std::string(verifier);
  TRY_ASSIGN(const auto exchange, post(url, credentials));
  if (auto success = check_success(exchange); !success) {
    return tl::unexpected(
        at_exchange(std::move(success).error(), exchange.response, link, user_label_));
  }
  return oauth1::parse_token_credentials(exchange.response);
}

Result<oauth1::TokenCredentialsResponse> Handshake::renew(const oauth1::TokenCredentials& token,
                                                          const Secret& session_handle) const {
  const auto& link = signer_->link();
  TRY_ASSIGN(const auto url, jira::token_credentials_url(link));
  auto credentials = signing::credentials_of(token);
  credentials.session_handle = std::string(session_handle.reveal());
  TRY_ASSIGN(const auto exchange, post(url, credentials));
  if (auto success = check_success(exchange); !success) {
    return tl::unexpected(
        at_renewal(std::move(success).error(), exchange.response, link, user_label_));
  }
  return oauth1::parse_token_credentials(exchange.response);
}

}  // namespace applink::handshake
