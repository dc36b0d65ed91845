// Parameters normalization (RFC 5849 section 3.4.1.3.2): each is encoded once, then sorted.
#include "applink/oauth1/normalized_parameters.h"

#include <algorithm>

#include "applink/oauth1/percent_encoding.h"

namespace applink::oauth1 {

std::string normalized_parameters(const Parameters& parameters) {
  Parameters encoded;
  encoded.reserve(parameters.size());
  std::size_t length = 0;
  for (const Parameter& parameter : parameters) {
    encoded.push_back({percent_encode(parameter.name), percent_encode(parameter.value)});
    length += encoded.back().name.size() + encoded.back().value.size() + 2;
  }

  //= rfc5849#3.4.1.3.2
  //# The parameters are sorted by name, using ascending byte value ordering.  If two or more
  //# parameters share the same name, they are sorted by their value.
  std::sort(encoded.begin(), encoded.end());

  //= rfc5849#3.4.1.3.2
  //# The name of each parameter is concatenated to its corresponding value using an "=" character
  //# (ASCII code 61) as a separator, even if the value is empty.
  std::string text;
  text.reserve(length);
  for (const Parameter& parameter : encoded) {
    if (!text.empty()) text += '&';
    text.append(parameter.name).append(1, '=').append(parameter.value);
  }
  return text;
}

}  // namespace applink::oauth1
