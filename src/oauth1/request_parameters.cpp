// Collecting the request parameters from their three sources (RFC 5849 section 3.4.1.3.1).
#include "applink/oauth1/request_parameters.h"

#include <algorithm>
#include <utility>

#include "applink/base/text.h"
#include "applink/http/form.h"
#include "oauth1/well_formed.h"

namespace applink::oauth1 {
namespace {

Result<void> append_form(Parameters& parameters, std::string_view text, std::string_view where) {
  TRY(check_form_encoding(text, where));
  //= rfc5849#3.4.1.3.1
  //# While the encoding rules specified in this specification for the purpose of constructing the
  //# signature base string exclude the use of a "+" character (ASCII code 43) to represent an
  //# encoded space character (ASCII code 32), this practice is widely used in
  //# "application/x-www-form-urlencoded" encoded values, and MUST be properly decoded
  for (http::FormPair& pair : http::parse_form(text)) {
    parameters.push_back({std::move(pair.name), std::move(pair.value)});
  }
  return {};
}

bool form_body_counts(const http::Request& request, FormBodyRule rule) {
  if (!http::is_form(request.headers)) return false;
  return rule == FormBodyRule::every_method || to_lower_ascii(request.method) == "post";
}

}  // namespace

Result<Parameters> sent_parameters(const http::Request& request,
                                   const Parameters& protocol_parameters, FormBodyRule rule) {
  if (request.headers.all("Content-Type").size() > 1) {
    return fail(ErrorCode::usage, "the request has two Content-Type headers",
                "keep the one that says what the body is");
  }
  //= rfc5849#3.4.1.3.1
  //# The query component is parsed into a list of name/value pairs by treating it as an
  //# "application/x-www-form-urlencoded" string
  Parameters parameters;
  if (const auto query = request.url.query()) TRY(append_form(parameters, *query, "the query"));

  //= rfc5849#3.4.1.3.1
  //# The header's content is parsed into a list of name/value pairs excluding the "realm" parameter
  //# if present.
  std::copy_if(
      protocol_parameters.begin(), protocol_parameters.end(), std::back_inserter(parameters),
      [](const Parameter& parameter) { return to_lower_ascii(parameter.name) != "realm"; });

  //= rfc5849#3.4.1.3.1
  //# The HTTP request entity-header includes the "Content-Type" header field set to
  //# "application/x-www-form-urlencoded".
  if (form_body_counts(request, rule)) TRY(append_form(parameters, request.body, "the form body"));
  return parameters;
}

Result<Parameters> request_parameters(const http::Request& request,
                                      const Parameters& protocol_parameters, FormBodyRule rule) {
  TRY_ASSIGN(Parameters parameters, sent_parameters(request, protocol_parameters, rule));
  //= rfc5849#3.4.1.3.1
  //# The "oauth_signature" parameter MUST be excluded from the signature base string if present.
  std::erase_if(parameters,
                [](const Parameter& parameter) { return parameter.name == "oauth_signature"; });
  return parameters;
}

}  // namespace applink::oauth1
