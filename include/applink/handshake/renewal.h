// A token renewed by its session handle: without its user, and also after it expired.
#pragma once

#include "applink/base/result.h"
#include "applink/handshake/login_session.h"
#include "applink/http/transport.h"
#include "applink/signing/request_signer.h"
#include "applink/store/token.h"
#include "applink/store/vault.h"

namespace applink::handshake {

/// What a renewal works with; everything outlives it.
struct RenewalParts {
  store::Vault& vault;
  http::Transport& transport;
  const signing::RequestSigner& signer;
};

/// Puts a new token in the place of `token`, which is one of the signer's link. It is stored the
/// moment it is there, since the old one is dead then, and proven after. The messages tell apart
/// that nothing was replaced, that it is not known, and that the new token is stored but not
/// proven.
/// Where the provider is not known to say who is logged in, the result names nobody.
Result<Login> renew(const RenewalParts& parts, const store::Token& token);

}  // namespace applink::handshake
