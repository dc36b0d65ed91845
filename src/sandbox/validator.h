// Whether a request is what the consumer signed: Jira's checks, in Jira's order.
#pragma once

#include "applink/base/clock.h"
#include "applink/http/message.h"
#include "applink/oauth1/parameters.h"
#include "sandbox/config.h"
#include "sandbox/nonce_log.h"
#include "sandbox/refusal.h"

namespace applink::sandbox {

/// `parameters` are all of the request's, from header, query and form. The nonce is burnt before
/// the signature is looked at.
Checked<void> validate(const http::Request& request, const oauth1::Parameters& parameters,
                       const Consumer& consumer, NonceLog& nonces, Timestamp now);

/// What the provider takes for the signed text: the URL as Host has it, not as it is configured.
std::string server_base_string(const http::Request& request, const oauth1::Parameters& parameters);

}  // namespace applink::sandbox
