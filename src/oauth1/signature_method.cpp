// The signature methods by name.
#include "applink/oauth1/signature_method.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "applink/base/text.h"

namespace applink::oauth1 {

std::string_view to_string(SignatureMethod method) {
  switch (method) {
    case SignatureMethod::rsa_sha1:
      return "RSA-SHA1";
    case SignatureMethod::rsa_sha256:
      return "RSA-SHA256";
    case SignatureMethod::rsa_sha512:
      return "RSA-SHA512";
    case SignatureMethod::hmac_sha1:
      return "HMAC-SHA1";
    case SignatureMethod::hmac_sha256:
      return "HMAC-SHA256";
    case SignatureMethod::hmac_sha512:
      return "HMAC-SHA512";
    case SignatureMethod::plaintext:
      return "PLAINTEXT";
  }
  return {};
}

Result<SignatureMethod> signature_method_named(std::string_view name) {
  const auto* const found =
      std::find_if(signature_methods.begin(), signature_methods.end(),
                   [name](SignatureMethod method) { return to_string(method) == name; });
  if (found != signature_methods.end()) return *found;
  std::vector<std::string> words;
  words.reserve(signature_methods.size());
  for (const SignatureMethod method : signature_methods) words.emplace_back(to_string(method));
  const auto meant = nearest(name, words);
  return fail(ErrorCode::usage,
              fmt::format("\"{}\" is not a signature method", terminal_safe(name)),
              meant ? fmt::format("did you mean {}?", *meant)
                    : "write RSA-SHA1, RSA-SHA256, RSA-SHA512, HMAC-SHA1, HMAC-SHA256, HMAC-SHA512 "
                      "or PLAINTEXT");
}

bool is_rsa(SignatureMethod method) {
  return method == SignatureMethod::rsa_sha1 || method == SignatureMethod::rsa_sha256 ||
         method == SignatureMethod::rsa_sha512;
}

std::optional<crypto::Digest> digest_of(SignatureMethod method) {
  switch (method) {
    case SignatureMethod::rsa_sha1:
    case SignatureMethod::hmac_sha1:
      return crypto::Digest::sha1;
    case SignatureMethod::rsa_sha256:
    case SignatureMethod::hmac_sha256:
      return crypto::Digest::sha256;
    case SignatureMethod::rsa_sha512:
    case SignatureMethod::hmac_sha512:
      return crypto::Digest::sha512;
    case SignatureMethod::plaintext:
      break;
  }
  return std::nullopt;
}

}  // namespace applink::oauth1
