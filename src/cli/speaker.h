// Whom a call speaks for: the user of a token, the client itself, or a user whom it impersonates.
#pragma once

#include <optional>
#include <string>

#include "applink/base/result.h"
#include "applink/jira/application_link.h"
#include "applink/oauth1/credentials.h"
#include "applink/store/token.h"
#include "cli/arguments.h"
#include "cli/context.h"

namespace applink::cli {

struct SpeakerFlags {
  std::optional<std::string> user_label;
  std::optional<std::string> impersonated;

  void declare(Arguments& arguments);
  [[nodiscard]] std::string label() const {
    return user_label.value_or(std::string(store::default_user_label));
  }
};

/// The token to call with; none where the call is two-legged: the link says so and no --user names
/// a token, or a user is impersonated. Warns of a token whose time is nearly over.
Result<std::optional<oauth1::TokenCredentials>> token_for_call(Context& context,
                                                               const jira::ApplicationLink& link,
                                                               const SpeakerFlags& flags);

}  // namespace applink::cli
