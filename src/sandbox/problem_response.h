// A refusal on the wire: status, WWW-Authenticate and body.
#pragma once

#include "applink/http/message.h"
#include "applink/oauth1/parameters.h"
#include "sandbox/config.h"
#include "sandbox/refusal.h"

namespace applink::sandbox {

/// `OAuth realm="…", oauth_…="…"`: the realm is the configured base URL, percent-encoded; of the
/// parameters those that begin with oauth_.
std::string www_authenticate(const Config& config, const oauth1::Parameters& parameters);

/// On the two token endpoints: a form, or the product's page where it crashed.
http::Response token_endpoint_refusal(const Config& config, const Refusal& refusal);
/// On resources: a form; what is no problem is an empty response that echoes the request's
/// parameters, its signature too.
http::Response resource_refusal(const Config& config, const Refusal& refusal,
                                const oauth1::Parameters& request_parameters);
/// On the authorize page: HTML.
http::Response authorization_refusal(const Config& config, const Problem& problem);

/// To every 401 that leaves the product, whoever made it, save for two clients that it confuses.
void add_bare_challenge(const Config& config, const http::Request& request,
                        http::Response& response);

}  // namespace applink::sandbox
