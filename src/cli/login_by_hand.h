// A login whose answer a person carries over by hand, and may mistype.
#pragma once

#include <string>

#include "applink/base/result.h"
#include "applink/handshake/login_session.h"
#include "applink/jira/application_link.h"
#include "cli/context.h"
#include "cli/login_narrator.h"

namespace applink::cli {

/// The whole of it: shows the page, asks for the code or the address that follows it, and asks
/// again where another may still end this login. `callback` is what the provider is told.
Result<handshake::Login> login_by_hand(handshake::LoginSession& session, LoginNarrator& narrator,
                                       const std::string& callback,
                                       const jira::ApplicationLink& link,
                                       const std::string& user_label, Context& context);

}  // namespace applink::cli
