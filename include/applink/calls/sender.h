// Signed calls: from a method and a path to the answer.
#pragma once

#include <optional>
#include <string>

#include "applink/base/error.h"
#include "applink/base/result.h"
#include "applink/http/message.h"
#include "applink/http/transport.h"
#include "applink/oauth1/credentials.h"
#include "applink/signing/request_signer.h"

namespace applink::calls {

struct Call {
  std::string method;
  std::string path_or_url;  ///< a path is under the link's base URL; a URL must belong to the link
  http::Headers headers;    ///< an Authorization header among them is refused
  std::string body;
  /// The user whom a two-legged call is made for: `xoauth_requestor_id` in the query, signed.
  /// Empty: none. The product takes an unknown one for nobody: impersonation.h proves who it was.
  std::string impersonated = {};
};

/// The transport and the signer outlive it.
class Sender {
 public:
  /// Without a token the call speaks for the client alone, as two-legged OAuth does. `user_label`
  /// is that under which the token is kept: explain() advises a login of the same.
  Sender(http::Transport& transport, const signing::RequestSigner& signer,
         std::optional<oauth1::TokenCredentials> token,
         std::string user_label = std::string(jira::default_user_label),
         signing::SigningChoices choices = {});

  [[nodiscard]] const jira::ApplicationLink& link() const { return signer_->link(); }
  [[nodiscard]] const Clock& clock() const { return signer_->clock(); }

  /// The request as it would be sent, signed. ErrorCode::usage where a call without a token names a
  /// user in its query or form: the product would run it as that one, or as nobody, unproven.
  [[nodiscard]] Result<http::Request> prepare(const Call& call) const;

  /// Whatever the product answers, a 401 too, is an answer: explain() says what it means.
  [[nodiscard]] Result<http::Response> send(const Call& call) const;

  /// Why the answer to `call` is a failure; absent where it is none.
  [[nodiscard]] std::optional<Error> explain(const Call& call,
                                             const http::Response& response) const;

 private:
  [[nodiscard]] bool is_for_a_user() const;

  http::Transport* transport_;
  const signing::RequestSigner* signer_;
  std::optional<oauth1::TokenCredentials> token_;
  std::string user_label_;
  signing::SigningChoices choices_;
};

}  // namespace applink::calls
