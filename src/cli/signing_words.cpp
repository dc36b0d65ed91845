// Words that several commands say of what they sign.
#include "cli/signing_words.h"

#include <fmt/format.h>

#include "applink/base/text.h"
#include "cli/sign_explanation.h"

namespace applink::cli {

void tell_of_token(const jira::ApplicationLink& link, const signing::Credentials& credentials,
                   Console& console) {
  if (link.product == jira::Product::generic || credentials.token || credentials.callback) return;
  console.narrate(
      fmt::format("no token: {} takes such a request for nobody's; --token VALUE "
                  "gives one, --token '' makes the call two-legged",
                  jira::provider_word(link)));
}

void tell_of_form(const jira::ApplicationLink& link, const http::Request& request,
                  Console& console) {
  const bool is_post = to_lower_ascii(request.method) == "post";
  if (link.product == jira::Product::generic || is_post || request.body.empty()) return;
  const auto words = words_of_form_rule(link, request);
  if (!words.empty()) console.narrate(words);
}

Result<void> check_revealing(oauth1::SignatureMethod method, Revealing revealing,
                             std::string_view instead) {
  if (method != oauth1::SignatureMethod::plaintext || revealing == Revealing::wanted) return {};
  return fail(ErrorCode::usage, "a PLAINTEXT signature is the secrets themselves",
              fmt::format("--reveal-secrets prints it all the same; {} sends it unseen", instead));
}

}  // namespace applink::cli
