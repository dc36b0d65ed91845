// RSA (RFC 5849 section 3.4.3), HMAC (3.4.2) and PLAINTEXT (3.4.4).
#include "applink/oauth1/signer.h"

#include <cassert>
#include <utility>

#include "applink/base/encoding.h"
#include "crypto/hmac.h"
#include "oauth1/percent_encoded_secret.h"

namespace applink::oauth1 {
namespace {

//= rfc5849#3.4.2
//# An "&" character (ASCII code 38), which MUST be included even when either secret is empty.
//= rfc5849#3.4.4
//# An "&" character (ASCII code 38), which MUST be included even when either secret is empty.
Secret joined(const Secret& client_secret, const Secret& token_secret) {
  const Secret client = percent_encoded(client_secret);
  const Secret token = percent_encoded(token_secret);
  std::string text;
  text.reserve(client.size() + 1 + token.size());
  text.append(client.reveal()).append(1, '&').append(token.reveal());
  return Secret::take(std::move(text));
}

crypto::Digest hash_of(SignatureMethod method) {
  const auto digest = digest_of(method);
  assert(digest);
  return *digest;
}

}  // namespace

RsaSigner::RsaSigner(const crypto::RsaPrivateKey& key, SignatureMethod method)
    : key_(key), method_(method) {
  assert(is_rsa(method));
}

//= rfc5849#3.4.3
//# S     is the result signature used to set the value of the "oauth_signature" protocol parameter,
//# after the result octet string is base64-encoded per [RFC2045] section 6.8.
Result<std::string> RsaSigner::sign(std::string_view base_string) const {
  TRY_ASSIGN(const std::string signature, key_.sign(hash_of(method_), base_string));
  return base64_encode(signature);
}

RsaVerifier::RsaVerifier(const crypto::RsaPublicKey& key, SignatureMethod method)
    : key_(key), method_(method) {
  assert(is_rsa(method));
}

bool RsaVerifier::verify(std::string_view base_string, std::string_view signature) const {
  const auto bytes = base64_decode(signature);
  return bytes && key_.verify(hash_of(method_), base_string, *bytes);
}

HmacSigner::HmacSigner(SignatureMethod method, const Secret& client_secret,
                       const Secret& token_secret)
    : method_(method), key_(joined(client_secret, token_secret)) {
  assert(!is_rsa(method) && digest_of(method));
}

//= rfc5849#3.4.2
//# digest  is used to set the value of the "oauth_signature" protocol parameter, after the result
//# octet string is base64-encoded per [RFC2045], Section 6.8.
Result<std::string> HmacSigner::sign(std::string_view base_string) const {
  return base64_encode(crypto::hmac(hash_of(method_), key_.reveal(), base_string));
}

HmacVerifier::HmacVerifier(SignatureMethod method, const Secret& client_secret,
                           const Secret& token_secret)
    : signer_(method, client_secret, token_secret) {}

bool HmacVerifier::verify(std::string_view base_string, std::string_view signature) const {
  const auto expected = signer_.sign(base_string);
  return expected && equal_in_constant_time(*expected, signature);
}

PlaintextSigner::PlaintextSigner(const Secret& client_secret, const Secret& token_secret)
    : secrets_(joined(client_secret, token_secret)) {}

//= rfc5849#3.4.4
//# It does not utilize the signature base string
Result<std::string> PlaintextSigner::sign(std::string_view) const {
  return std::string(secrets_.reveal());
}

PlaintextVerifier::PlaintextVerifier(const Secret& client_secret, const Secret& token_secret)
    : secrets_(joined(client_secret, token_secret)) {}

bool PlaintextVerifier::verify(std::string_view, std::string_view signature) const {
  return equal_in_constant_time(secrets_.reveal(), signature);
}

}  // namespace applink::oauth1
