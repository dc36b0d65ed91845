// Asks the product who a token speaks for.
#include "applink/handshake/identity.h"

#include <utility>

#include <fmt/format.h>

#include "applink/base/text.h"
#include "applink/jira/answer.h"
#include "applink/jira/endpoints.h"
#include "applink/jira/login_command.h"
#include "applink/signing/signature_difference.h"

namespace applink::handshake {
namespace {

Error not_proven(const jira::ApplicationLink& link, std::string_view user_label) {
  return {ErrorCode::refused,
          fmt::format("{} ran the request as nobody", jira::provider_word(link)),
          fmt::format("it did not see the whole signature: look for a proxy that drops the "
                      "Authorization header, then run: {}",
                      jira::login_command(link.name, user_label))};
}

}  // namespace

Result<jira::User> who_am_i(http::Transport& transport, const signing::RequestSigner& signer,
                            const oauth1::TokenCredentials& token, std::string_view user_label) {
  const auto& link = signer.link();
  TRY_ASSIGN(const auto url, jira::current_user_url(link));
  http::Request request{"GET", url, {{"Accept", "application/json, text/plain"}}, {}};
  TRY_ASSIGN(const auto signed_request,
             signer.sign(std::move(request), signing::credentials_of(token)));
  TRY_ASSIGN(const auto response, transport.send(signed_request));
  if (auto failure = jira::failure_of(response, url, link, user_label)) {
    return tl::unexpected(
        signing::with_signature_difference(std::move(*failure), response, signed_request, link));
  }
  if (jira::ran_as_anonymous(response)) return tl::unexpected(not_proven(link, user_label));
  return jira::parse_current_user(link.product, response.body);
}

}  // namespace applink::handshake
