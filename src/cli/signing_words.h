// What is said of a request beside its signature.
#pragma once

#include <string>

#include "applink/base/result.h"
#include "applink/http/message.h"
#include "applink/jira/application_link.h"
#include "applink/signing/request_signer.h"
#include "cli/console.h"

namespace applink::cli {

/// Where Atlassian's product would take the request for nobody's, for want of a token.
void tell_of_token(const jira::ApplicationLink& link, const signing::Credentials& credentials,
                   Console& console);

/// Where Atlassian's product does not read the form in the body, so that it is not signed.
void tell_of_form(const jira::ApplicationLink& link, const http::Request& request,
                  Console& console);

enum class Revealing { refused, wanted };

/// Before a signature is printed: PLAINTEXT is the secrets, which takes --reveal-secrets. `instead`
/// names what sends it unseen.
Result<void> check_revealing(oauth1::SignatureMethod method, Revealing revealing,
                             std::string_view instead);

}  // namespace applink::cli
