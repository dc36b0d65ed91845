// The parameters of a request as Jira collects them: from the header, the query and the form.
#pragma once

#include <optional>

#include "applink/http/message.h"
#include "applink/oauth1/parameters.h"

namespace applink::sandbox {

/// Of every Authorization header of the scheme OAuth, without `realm`: far more lenient than
/// RFC 5849. An item that is not name="value" is passed over, '+' is a space, and a comma always
/// separates. None where an escape is broken: there Java throws.
std::optional<oauth1::Parameters> header_parameters(const http::Headers& headers);

/// As Tomcat decodes them: a pair with a broken escape or without a name is dropped.
oauth1::Parameters query_parameters(const http::Url& url);
/// The form in the body of a POST; Tomcat reads that of no other method.
oauth1::Parameters form_parameters(const http::Request& request);

}  // namespace applink::sandbox
