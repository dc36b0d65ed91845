// The body hashed (sections 3.1 and 3.2 of the draft).
#include "oauth1/body_hash.h"

#include "applink/base/encoding.h"

namespace applink::oauth1 {

std::string body_hash(SignatureMethod method, std::string_view body) {
  // PLAINTEXT signs nothing, so there the draft has no use for a hash and names none.
  const auto kind = digest_of(method).value_or(crypto::Digest::sha1);
  return base64_encode(crypto::digest(kind, body));
}

}  // namespace applink::oauth1
