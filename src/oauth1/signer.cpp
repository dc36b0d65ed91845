// RSA-SHA1 (RFC 5849 section 3.4.3).
#include "applink/oauth1/signer.h"

#include "applink/base/encoding.h"

namespace applink::oauth1 {

//= rfc5849#3.4.3
//# S     is the result signature used to set the value of the "oauth_signature" protocol parameter,
//# after the result octet string is base64-encoded per [RFC2045] section 6.8.
Result<std::string> RsaSha1Signer::sign(std::string_view base_string) const {
  TRY_ASSIGN(const std::string signature, key_.sign(crypto::Digest::sha1, base_string));
  return base64_encode(signature);
}

bool RsaSha1Verifier::verify(std::string_view base_string, std::string_view signature) const {
  const auto bytes = base64_decode(signature);
  return bytes && key_.verify(crypto::Digest::sha1, base_string, *bytes);
}

}  // namespace applink::oauth1
