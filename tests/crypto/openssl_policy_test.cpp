// What happens where the machine's OpenSSL refuses SHA-1 signatures, as RHEL 9 does: this program
// puts its own function in the place of OpenSSL's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/proverr.h>

#include "applink/crypto/rsa_key.h"
#include "crypto/signature_policy.h"
#include "support/keys.h"

namespace {
bool refuse_everything = false;
}

extern "C" int EVP_PKEY_CTX_set_signature_md(EVP_PKEY_CTX* context, const EVP_MD* hash) {
  if (refuse_everything || EVP_MD_is_a(hash, "SHA1") == 1) {
    ERR_raise(ERR_LIB_PROV, PROV_R_DIGEST_NOT_ALLOWED);
    return 0;
  }
  return EVP_PKEY_CTX_ctrl(context, -1, EVP_PKEY_OP_TYPE_SIG, EVP_PKEY_CTRL_MD, 0,
                           const_cast<EVP_MD*>(hash));
}

namespace applink::crypto {
namespace {

using test::test_key;
using ::testing::HasSubstr;

TEST(SignUnderAStrictPolicy, SaysThatThePolicyRefusesSha1) {
  const auto key = test_key();
  const auto signature = key.sign(Digest::sha1, "message");
  ASSERT_FALSE(signature);
  EXPECT_THAT(signature.error().message, HasSubstr("policy refuses SHA-1 signatures"));
  EXPECT_THAT(signature.error().message, HasSubstr("digest not allowed"));
  EXPECT_THAT(signature.error().hint, HasSubstr("update-crypto-policies --set DEFAULT:SHA1"));
  EXPECT_EQ(::ERR_peek_error(), 0U);
}

TEST(SignUnderAStrictPolicy, SignsWithTheOtherHashesBeforeAndAfter) {
  const auto key = test_key();
  ASSERT_TRUE(key.sign(Digest::sha256, "message"));
  ASSERT_FALSE(key.sign(Digest::sha1, "message"));
  const auto signature = key.sign(Digest::sha256, "message");
  ASSERT_TRUE(signature);
  EXPECT_TRUE(key.public_key().verify(Digest::sha256, "message", *signature));
}

TEST(SignUnderAStrictPolicy, NamesAnyOtherHashThatIsRefused) {
  const auto key = test_key();
  refuse_everything = true;
  const auto signature = key.sign(Digest::sha512, "message");
  refuse_everything = false;
  ASSERT_FALSE(signature);
  EXPECT_THAT(signature.error().message, HasSubstr("refuses signatures with SHA512"));
}

TEST(VerifyUnderAStrictPolicy, IsCheckedBeforehand) {
  const auto key = test_key();
  EXPECT_TRUE(check_verification(key.public_key(), Digest::sha256));
  const auto checked = check_verification(key.public_key(), Digest::sha1);
  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().message, HasSubstr("policy refuses SHA-1 signatures"));
  EXPECT_THAT(checked.error().hint, HasSubstr("update-crypto-policies --set DEFAULT:SHA1"));
  EXPECT_EQ(::ERR_peek_error(), 0U);
}

}  // namespace
}  // namespace applink::crypto
