#include "applink/oauth1/signature_method.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace applink::oauth1 {
namespace {

using ::testing::HasSubstr;

TEST(SignatureMethod, IsFoundByItsNameAndNoOther) {
  for (const SignatureMethod method : signature_methods) {
    EXPECT_EQ(signature_method_named(to_string(method)), method);
  }
  EXPECT_EQ(to_string(SignatureMethod::rsa_sha1), "RSA-SHA1");
  EXPECT_EQ(to_string(SignatureMethod::hmac_sha512), "HMAC-SHA512");
  for (const std::string_view name : {"", "rsa-sha1", "RSA-SHA1 ", "RSA-SHA384", "HMAC", "RSA\n"}) {
    const auto method = signature_method_named(name);
    ASSERT_FALSE(method) << name;
    EXPECT_EQ(method.error().code, ErrorCode::usage);
    EXPECT_THAT(method.error().message, HasSubstr("is not a signature method"));
    EXPECT_THAT(method.error().message, testing::Not(HasSubstr("\n")));
    EXPECT_THAT(method.error().hint, testing::AnyOf(HasSubstr("RSA-SHA1, RSA-SHA256"),
                                                    testing::StartsWith("did you mean RSA-SHA")));
  }
  EXPECT_EQ(signature_method_named("HMAC-SHA-256").error().hint, "did you mean HMAC-SHA256?");
  EXPECT_THAT(signature_method_named("MD5").error().hint, HasSubstr("or PLAINTEXT"));
}

// The table of what each method stands on, written out.
TEST(SignatureMethod, KnowsItsKeyAndItsHash) {
  struct Row {
    SignatureMethod method;
    bool rsa;
    std::optional<crypto::Digest> digest;
  };
  const Row rows[] = {{SignatureMethod::rsa_sha1, true, crypto::Digest::sha1},
                      {SignatureMethod::rsa_sha256, true, crypto::Digest::sha256},
                      {SignatureMethod::rsa_sha512, true, crypto::Digest::sha512},
                      {SignatureMethod::hmac_sha1, false, crypto::Digest::sha1},
                      {SignatureMethod::hmac_sha256, false, crypto::Digest::sha256},
                      {SignatureMethod::hmac_sha512, false, crypto::Digest::sha512},
                      {SignatureMethod::plaintext, false, std::nullopt}};
  EXPECT_EQ(std::size(rows), signature_methods.size());
  for (const Row& row : rows) {
    EXPECT_EQ(is_rsa(row.method), row.rsa) << to_string(row.method);
    EXPECT_EQ(digest_of(row.method), row.digest) << to_string(row.method);
  }
}

}  // namespace
}  // namespace applink::oauth1
