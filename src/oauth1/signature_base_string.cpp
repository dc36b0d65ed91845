// The signature base string (RFC 5849 section 3.4.1.1).
#include "applink/oauth1/signature_base_string.h"

#include <algorithm>
#include <cassert>

#include "applink/http/message.h"
#include "applink/oauth1/base_string_uri.h"
#include "applink/oauth1/normalized_parameters.h"
#include "oauth1/header_parameters.h"
#include "oauth1/liboauth.h"

namespace applink::oauth1 {
namespace {

std::string to_upper_ascii(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return upper;
}

}  // namespace

std::string signature_base_string(std::string_view method, const http::Url& url,
                                  const Parameters& parameters) {
  assert(http::is_token(method));
  //= rfc5849#3.4.1.1
  //# The HTTP request method in uppercase.  For example: "HEAD", "GET", "POST", etc.  If the
  //# request uses a custom HTTP method, it MUST be encoded (Section 3.6).
  const std::string upper_method = to_upper_ascii(method);
  const std::string uri = base_string_uri(url);
  const std::string normalized = normalized_parameters(parameters);
  //= rfc5849#3.4.1.1
  //# The base string URI from Section 3.4.1.2, after being encoded (Section 3.6).
  // Encodes each of the three and joins them with "&"; none has a NUL to be cut at.
  const LiboauthText text(::oauth_catenc(3, upper_method.c_str(), uri.c_str(), normalized.c_str()));
  return text.get();
}

Result<std::string> base_string_of(const http::Request& signed_request, FormBodyRule rule) {
  TRY_ASSIGN(const auto header, header_parameters(signed_request));
  TRY_ASSIGN(const auto parameters, request_parameters(signed_request, header, rule));
  return signature_base_string(signed_request.method, signed_request.url, parameters);
}

}  // namespace applink::oauth1
