// The base string URI (RFC 5849 section 3.4.1.2).
#include "applink/oauth1/base_string_uri.h"

#include <fmt/format.h>

#include "applink/base/text.h"

namespace applink::oauth1 {
namespace {

int default_port(std::string_view scheme) {
  return scheme == "https" ? 443 : 80;
}

}  // namespace

std::string base_string_uri(const http::Url& url) {
  //= rfc5849#3.4.1.2
  //# The scheme and host MUST be in lowercase.
  std::string uri = fmt::format("{}://{}", url.scheme(), to_lower_ascii(url.host()));

  //= rfc5849#3.4.1.2
  //# The port MUST be included if it is not the default port for the scheme, and MUST be excluded
  //# if it is the default.
  //= rfc5849#3.4.1.2
  //# Specifically, the port MUST be excluded when making an HTTP request [RFC2616] to port 80 or
  //# when making an HTTPS request [RFC2818] to port 443.
  //= rfc5849#3.4.1.2
  //# All other non-default port numbers MUST be included.
  if (url.port() != default_port(url.scheme())) uri += fmt::format(":{}", url.port());

  // The RFC is silent on paths with dot segments, needless escapes or none at all. Jira takes the
  // bytes of the request line, in which an empty path is "/".
  uri += url.path().empty() ? "/" : url.path();
  return uri;
}

}  // namespace applink::oauth1
