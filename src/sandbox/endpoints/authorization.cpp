// First the token, then the login, then the decision.
#include "sandbox/endpoints/authorization.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "applink/http/url.h"
#include "crypto/random.h"
#include "sandbox/browser.h"
#include "sandbox/callback.h"
#include "sandbox/conditions.h"
#include "sandbox/pages.h"
#include "sandbox/problem_response.h"
#include "sandbox/refusal.h"
#include "sandbox/responses.h"
#include "sandbox/token_length.h"

namespace applink::sandbox {
namespace {

/// A token that waits for a decision.
struct Question {
  RequestToken token;
  const Consumer* consumer;
  /// OAuth 1.0 alone: the callback that came with the page's own URL.
  std::optional<std::string> late_callback;

  [[nodiscard]] std::optional<std::string> callback() const {
    if (token.callback) return token.callback;
    return late_callback ? late_callback : consumer->callback;
  }
};

Checked<Question> question_of(const Site& site, const Incoming& incoming) {
  TRY(require(incoming.parameters, {"oauth_token"}));
  const RequestToken* token =
      site.ledger.request_token(*oauth1::find(incoming.parameters, "oauth_token"));
  if (token == nullptr || incoming.struck.by(MishapKind::token_revoked)) {
    return refuse("token_rejected");
  }
  const Consumer* consumer = known_consumer(site, incoming, token->consumer_key);
  if (consumer == nullptr) return refuse("token_rejected");
  if (token->decision != Decision::none) return refuse("token_used");
  const bool expired = incoming.struck.by(MishapKind::token_expired) ||
                       site.clock.now() - token->created > site.config.lifetimes.request_token;
  if (expired) return refuse("token_expired");
  if (token->version == OAuthVersion::one_zero_a) return Question{*token, consumer, std::nullopt};
  TRY_ASSIGN(auto late_callback, requested_callback(incoming.parameters));
  return Question{*token, consumer, std::move(late_callback)};
}

std::string authority_of(std::string_view url_text) {
  const auto url = http::Url::parse(url_text);
  if (!url) return {};
  const auto port = url->explicit_port();
  return fmt::format("{}://{}{}", url->scheme(), url->host(),
                     port ? fmt::format(":{}", *port) : "");
}

http::Response show(const Site& site, const Question& question, const WebSession& session,
                    const User& user) {
  AuthorizationForm form;
  form.action = site.config.context_path + std::string(authorization_path);
  form.token = question.token.token;
  form.xsrf_token = session.xsrf_token;
  form.consumer_name = question.consumer->name;
  form.consumer_description = question.consumer->description;
  form.host = authority_of(site.config.base_url());
  form.user = user.display_name.empty() ? user.name : user.display_name;
  form.return_to = authority_of(question.callback().value_or(""));
  form.callback = question.late_callback;
  return html_response(200, authorization_page(form));
}

http::Response send_back(const RequestToken& token, std::string_view callback) {
  //= rfc5849#2.2
  //# The server constructs the request URI by adding the following REQUIRED parameters to the
  //# callback URI query component: oauth_token The temporary credentials identifier received from
  //# the client. oauth_verifier The verification code.
  oauth1::Parameters parameters{{"oauth_token", token.token}};
  // OAuth 1.0 does not say how the user decided, and Jira's 1.0a says "denied" as if it were a
  // verifier.
  if (token.version == OAuthVersion::one_zero_a) {
    const bool denied = token.decision == Decision::denied;
    parameters.push_back({"oauth_verifier", denied ? "denied" : token.verifier});
  }
  return redirect(callback_with(callback, parameters));
}

http::Response decide(Site& site, const Question& question, Decision decision,
                      std::string_view user) {
  RequestToken token = question.token;
  token.decision = decision;
  if (decision == Decision::allowed) token.user = user;
  //= rfc5849#2.2
  //# the server MUST generate a verification code: an unguessable value passed to the client via
  //# the resource owner and REQUIRED to complete the process.
  if (decision == Decision::allowed && token.version == OAuthVersion::one_zero_a) {
    token.verifier = crypto::random_alphanumeric(verifier_length);
  }
  if (const auto kept = site.ledger.put(token); !kept) return crash_page(kept.error().message);
  if (const auto callback = question.callback()) return send_back(token, *callback);
  if (decision == Decision::denied) return html_response(200, denied_page(question.consumer->name));
  const auto verifier =
      token.verifier.empty() ? std::nullopt : std::optional<std::string>(token.verifier);
  return html_response(200, approved_page(question.consumer->name, verifier));
}

http::Response ask_to_log_in(const Site& site, const Question& question) {
  oauth1::Parameters parameters{{"oauth_token", question.token.token}};
  if (question.late_callback) parameters.push_back({"oauth_callback", *question.late_callback});
  return redirect(
      login_url(site, fmt::format("{}?{}", authorization_path, oauth_form(parameters))));
}

http::Response answer(Site& site, const Question& question, const Incoming& incoming) {
  if (site.config.approve_as && incoming.request.method == "GET") {
    return decide(site, question, Decision::allowed, *site.config.approve_as);
  }
  const WebSession* session = session_of(site, incoming.request);
  const User* user = user_of(site, session);
  //= rfc5849#2.2
  //# However, the server MUST first verify the identity of the resource owner.
  if (user == nullptr) return ask_to_log_in(site, question);
  //= rfc5849#2.2
  //# The request MUST use the HTTP "GET" method.
  if (incoming.request.method != "POST") return show(site, question, *session, *user);
  if (!has_xsrf_token(*session, incoming)) return xsrf_failure();
  if (oauth1::find(incoming.form, "approve")) {
    return decide(site, question, Decision::allowed, user->name);
  }
  if (oauth1::find(incoming.form, "deny")) {
    return decide(site, question, Decision::denied, user->name);
  }
  return show(site, question, *session, *user);
}

}  // namespace

http::Response authorization(Site& site, const Incoming& incoming) {
  const auto question = question_of(site, incoming);
  if (!question) {
    return authorization_refusal(site.config, std::get<Problem>(question.error()));
  }
  return answer(site, *question, incoming);
}

}  // namespace applink::sandbox
