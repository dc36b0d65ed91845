// Proof of identity: who a token speaks for, asked of the product itself.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/result.h"
#include "applink/http/transport.h"
#include "applink/jira/user.h"
#include "applink/oauth1/credentials.h"
#include "applink/signing/request_signer.h"

namespace applink::handshake {

/// ErrorCode::refused where the product does not take the token, or answers as to nobody: a status
/// of 200 proves nothing, a user name does. `user_label` is that under which the token is kept.
Result<jira::User> who_am_i(http::Transport& transport, const signing::RequestSigner& signer,
                            const oauth1::TokenCredentials& token,
                            std::string_view user_label = jira::default_user_label);

}  // namespace applink::handshake
