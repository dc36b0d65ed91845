// Appends to a query, and touches nothing that stands there.
#include "oauth1/query_placement.h"

#include "applink/oauth1/percent_encoding.h"

namespace applink::oauth1 {

std::string appended(std::string_view before, const Parameters& parameters) {
  std::string text;
  for (const Parameter& parameter : parameters) {
    if (!text.empty() || (!before.empty() && before.back() != '&')) text += '&';
    text.append(percent_encode(parameter.name)).append(1, '=');
    text.append(percent_encode(parameter.value));
  }
  return text;
}

//= rfc5849#3.5.3
//# The request URI MAY include other request-specific query parameters, in which case, the protocol
//# parameters SHOULD be appended following the request-specific parameters, properly separated by
//# an "&" character (ASCII code 38).
Result<http::Url> with_query_parameters(const http::Url& url, const Parameters& parameters) {
  const std::string_view text = url.text();
  const std::string_view before = text.substr(0, text.find('#'));
  std::string longer(before);
  if (!url.query()) longer += '?';
  longer += appended(url.query().value_or(""), parameters);
  longer += text.substr(before.size());
  return http::Url::parse(longer);
}

}  // namespace applink::oauth1
