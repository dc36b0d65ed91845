// How a signature came about, for people: 80 columns wide.
#pragma once

#include <string>

#include "applink/base/result.h"
#include "applink/http/message.h"
#include "applink/jira/application_link.h"
#include "applink/oauth1/sign.h"

namespace applink::cli {

/// What was signed, by whom, and what came out.
struct SignedRequest {
  const jira::ApplicationLink& link;
  const http::Request& unsigned_request;
  const oauth1::Signature& signature;
  const http::Request& request;  ///< with the signature in its place
};

/// What becomes of the form in the body: which rule the product decides. Empty where there is no
/// form.
std::string words_of_form_rule(const jira::ApplicationLink& link, const http::Request& request);

enum class Colored { no, yes };
Result<std::string> sign_explanation(const SignedRequest& made, Colored colored);

}  // namespace applink::cli
