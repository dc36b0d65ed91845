// HMAC-SHA1 (RFC 5849 section 3.4.2), for the published examples: nearly all are signed with it.
#pragma once

#include <string>
#include <string_view>

#include "applink/base/encoding.h"
#include "applink/oauth1/percent_encoding.h"
#include "applink/oauth1/signer.h"
#include "crypto/hmac.h"

namespace applink::test {

class HmacSha1Signer final : public oauth1::Signer {
 public:
  HmacSha1Signer(std::string_view client_secret, std::string_view token_secret)
      : key_(oauth1::percent_encode(client_secret) + "&" + oauth1::percent_encode(token_secret)) {}

  [[nodiscard]] std::string_view method() const override { return "HMAC-SHA1"; }
  [[nodiscard]] Result<std::string> sign(std::string_view base_string) const override {
    return base64_encode(crypto::hmac(crypto::Digest::sha1, key_, base_string));
  }

 private:
  std::string key_;
};

}  // namespace applink::test
