// The parameters that a signature covers: RFC 5849 section 3.4.1.3.1.
#pragma once

#include "applink/base/result.h"
#include "applink/http/message.h"
#include "applink/oauth1/parameters.h"

namespace applink::oauth1 {

/// Whether a form body counts. The RFC says with every method; the servlet container under Jira
/// parses form bodies of POST alone, so there the parameters of a PUT are not signed.
enum class FormBodyRule { every_method, post_only };

/// Every parameter of the request, `oauth_signature` too: those of the query, `protocol_parameters`
/// (what the Authorization header holds or will hold), those of the form body. Refuses what two
/// parsers may read differently: an empty name, a bad escape, a raw byte outside of ASCII.
Result<Parameters> sent_parameters(const http::Request& request,
                                   const Parameters& protocol_parameters, FormBodyRule rule);

/// The same without `oauth_signature`: what enters the signature base string.
Result<Parameters> request_parameters(const http::Request& request,
                                      const Parameters& protocol_parameters, FormBodyRule rule);

}  // namespace applink::oauth1
