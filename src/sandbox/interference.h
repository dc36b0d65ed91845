// What the product puts in the place of an answer that the client had a right to.
#pragma once

#include <optional>

#include "sandbox/incoming.h"
#include "sandbox/site.h"

namespace applink::sandbox {

/// Before anybody looks at the signature.
std::optional<http::Response> instead_of_authentication(const Site& site, const Incoming& incoming);

/// After the signature was taken: the resource's own demands.
std::optional<http::Response> instead_of_resource(const Incoming& incoming);

/// Whether the product runs the request as nobody, whoever signed it.
bool is_run_as_nobody(const Incoming& incoming);
/// Marks the answer to such a request as Jira marks it.
void mark_as_nobodys(const Incoming& incoming, http::Response& response);

/// The answer where an administrator has to say his password again.
http::Response websudo(const Incoming& incoming);

/// Whether the client says that it is not led by somebody else's page.
bool waives_xsrf(const Incoming& incoming);

}  // namespace applink::sandbox
