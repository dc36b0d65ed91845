// Who is calling, by the signature of the request: the filter in front of everything but the two
// token endpoints.
#pragma once

#include "sandbox/incoming.h"
#include "sandbox/refusal.h"
#include "sandbox/site.h"

namespace applink::sandbox {

/// The user who allowed the token that the request is signed with, or, where the token is empty,
/// the one whom the consumer acts for: of xoauth_requestor_id, else the consumer's own. Null where
/// that is nobody, and where the request is not OAuth at all, or not quite: one of the six
/// parameters missing makes it anonymous, not wrong.
Checked<const User*> signing_user(Site& site, const Incoming& incoming);

}  // namespace applink::sandbox
