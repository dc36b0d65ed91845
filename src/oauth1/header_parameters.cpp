// The Authorization headers of a request read.
#include "oauth1/header_parameters.h"

#include <iterator>
#include <utility>

#include "applink/oauth1/authorization_header.h"

namespace applink::oauth1 {

Result<Parameters> header_parameters(const http::Request& request) {
  Parameters parameters;
  for (const std::string_view value : request.headers.all("Authorization")) {
    if (!is_oauth_authorization(value)) continue;
    TRY_ASSIGN(AuthorizationHeader header, parse_authorization_header(value));
    std::move(header.parameters.begin(), header.parameters.end(), std::back_inserter(parameters));
  }
  return parameters;
}

}  // namespace applink::oauth1
