// Captured requests, signed right and wrong, before a judge who has the key.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "applink/calls/verify_captured.h"
#include "applink/oauth1/placement.h"
#include "applink/oauth1/sign.h"
#include "oauth1/requests.h"

namespace applink::calls {

inline const Timestamp now{std::chrono::seconds(1196666512)};

/// Signs the text that it is given by `alter`, whatever it was asked to sign.
class AlteringSigner final : public oauth1::Signer {
 public:
  using Alter = std::function<std::string(std::string_view)>;
  AlteringSigner(const oauth1::Signer& signer, Alter before, Alter after)
      : signer_(signer), before_(std::move(before)), after_(std::move(after)) {}
  [[nodiscard]] oauth1::SignatureMethod method() const override { return signer_.method(); }
  [[nodiscard]] Result<std::string> sign(std::string_view text) const override {
    return after_(signer_.sign(before_(text)).value());
  }

 private:
  const oauth1::Signer& signer_;
  Alter before_;
  Alter after_;
};

inline std::string same(std::string_view text) {
  return std::string(text);
}

inline AlteringSigner::Alter replacing(std::string part, std::string by) {
  return [part = std::move(part), by = std::move(by)](std::string_view text) {
    std::string changed(text);
    const auto at = changed.find(part);
    EXPECT_NE(at, std::string::npos) << part << " is not in " << text;
    if (at != std::string::npos) changed.replace(at, part.size(), by);
    return changed;
  };
}

struct JudgeTest : testing::Test {
  crypto::RsaPrivateKey private_key = test::key_file("pkcs8.pem");
  ClientKey key = private_key.public_key();
  JudgeOptions options{.now = now};

  [[nodiscard]] static oauth1::ProtocolParameters usual() {
    return {.client_identifier = "hub", .token = "T", .nonce = "n1", .timestamp = now};
  }

  [[nodiscard]] http::Request signed_by(
      const oauth1::Signer& signer, const http::Request& request,
      oauth1::FormBodyRule rule = oauth1::FormBodyRule::every_method) const {
    const auto signature = sign(request, usual(), signer, rule);
    EXPECT_TRUE(signature) << signature.error().message;
    return placed(request, *signature, "Jira").value();
  }

  [[nodiscard]] http::Request right(
      const http::Request& request,
      oauth1::FormBodyRule rule = oauth1::FormBodyRule::every_method) const {
    return signed_by(oauth1::RsaSigner(private_key, oauth1::SignatureMethod::rsa_sha1), request,
                     rule);
  }

  /// Signed in a wrong way: another text, or the signature written otherwise.
  [[nodiscard]] http::Request wrong(const http::Request& request, AlteringSigner::Alter before,
                                    AlteringSigner::Alter after = same) const {
    const oauth1::RsaSigner signer(private_key, oauth1::SignatureMethod::rsa_sha1);
    return signed_by(AlteringSigner(signer, std::move(before), std::move(after)), request);
  }

  [[nodiscard]] Judgement judged(const http::Request& request) const {
    return judge(request, key, options);
  }

  void expect_mistake(const http::Request& request, const std::vector<std::string>& names,
                      std::string_view words) const {
    const Judgement judgement = judged(request);
    EXPECT_EQ(judgement.signature, Judgement::Signature::wrong);
    ASSERT_TRUE(judgement.mistake) << judgement.diagnosis << "\n" << judgement.base_string;
    EXPECT_EQ(judgement.mistake->names, names);
    EXPECT_EQ(judgement.mistake->words, words);
  }
};

inline const http::Request& myself() {
  static const auto request =
      test::request("GET", "https://jira.example.com/jira/rest/api/2/myself?a=b%20c&d=%2F~!");
  return request;
}

}  // namespace applink::calls
