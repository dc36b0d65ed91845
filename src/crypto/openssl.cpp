// The error queue as text.
#include "crypto/openssl.h"

#include <stdexcept>

#include <fmt/format.h>
#include <openssl/err.h>

namespace applink::crypto {

std::string drained_errors() {
  std::string text;
  while (const unsigned long code = ::ERR_get_error()) {
    const char* reason = ::ERR_reason_error_string(code);
    if (!text.empty()) text += "; ";
    text += reason != nullptr ? reason : fmt::format("error {:08x}", code);
  }
  return text.empty() ? "no reason given" : text;
}

void library_failure(std::string_view what) {
  throw std::runtime_error(fmt::format("OpenSSL cannot {}: {}", what, drained_errors()));
}

OwnedBignum secure_number() {
  OwnedBignum number(::BN_secure_new());
  if (!number) library_failure("provide memory for a number");
  return number;
}

const char* openssl_name(Digest kind) {
  switch (kind) {
    case Digest::sha1:
      return "SHA1";
    case Digest::sha256:
      return "SHA256";
    case Digest::sha512:
      return "SHA512";
  }
  library_failure("name a hash");
}

}  // namespace applink::crypto
