// A token as it is kept, of a provider's answer.
#pragma once

#include <string>

#include "applink/base/clock.h"
#include "applink/jira/application_link.h"
#include "applink/oauth1/credentials_response.h"
#include "applink/store/token.h"

namespace applink::handshake {

/// Whose it is has still to be proven: user_name is empty.
store::Token given_token(oauth1::TokenCredentialsResponse response,
                         const jira::ApplicationLink& link, std::string user_label,
                         Timestamp given);

}  // namespace applink::handshake
