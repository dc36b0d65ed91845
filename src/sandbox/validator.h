// Whether a request is what the consumer signed: Jira's checks, in Jira's order.
#pragma once

#include <string>
#include <string_view>

#include "applink/http/message.h"
#include "applink/oauth1/parameters.h"
#include "sandbox/incoming.h"
#include "sandbox/refusal.h"
#include "sandbox/site.h"

namespace applink::sandbox {

/// The nonce is burnt before the signature is looked at. `token` is empty where the consumer is
/// read without one.
Checked<void> validate(Site& site, const Incoming& incoming, const Consumer& consumer,
                       std::string_view token);

/// What the provider takes for the signed text: the URL as Host has it, not as it is configured.
std::string server_base_string(const http::Request& request, const oauth1::Parameters& parameters);

}  // namespace applink::sandbox
