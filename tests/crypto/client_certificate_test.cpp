#include "applink/crypto/client_certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/key_files.h"

namespace applink::crypto {
namespace {

using test::key_bytes;
using ::testing::HasSubstr;
using ::testing::Not;

Result<void> checked(const std::string& certificate, const std::string& key) {
  return check_client_certificate(certificate, Secret(key));
}

TEST(ClientCertificate, BelongsToItsKey) {
  EXPECT_TRUE(checked(key_bytes("certificate.pem"), key_bytes("pkcs1.pem")));
  EXPECT_TRUE(checked(key_bytes("certificate.pem"), key_bytes("pkcs8.pem")));
  EXPECT_TRUE(checked(key_bytes("ec_certificate.pem"), key_bytes("ec_pkcs8.pem")));
  EXPECT_TRUE(checked(key_bytes("ec_certificate.pem"), key_bytes("ec_sec1.pem")));
  const auto both = key_bytes("certificate.pem") + key_bytes("pkcs8.pem");
  EXPECT_TRUE(checked(both, both)) << "one file may hold the two";
}

TEST(ClientCertificate, OfAnotherKeyIsRefused) {
  for (const auto& [certificate, key] :
       {std::pair{"certificate.pem", "ec_pkcs8.pem"}, std::pair{"certificate.pem", "rsa1024.pem"},
        std::pair{"ec_certificate.pem", "pkcs8.pem"}}) {
    const auto refused = checked(key_bytes(certificate), key_bytes(key));
    ASSERT_FALSE(refused) << key;
    EXPECT_EQ(refused.error().code, ErrorCode::usage);
    EXPECT_THAT(refused.error().message, HasSubstr("is not that of"));
    EXPECT_FALSE(refused.error().hint.empty());
  }
}

TEST(ClientCertificate, AKeyUnderAPassphraseIsRefusedWithTheWayOut) {
  for (const auto* const key : {"encrypted_pkcs1.pem", "encrypted_pkcs8.pem"}) {
    const auto refused = checked(key_bytes("certificate.pem"), key_bytes(key));
    ASSERT_FALSE(refused) << key;
    EXPECT_THAT(refused.error().hint, HasSubstr("openssl pkey -in"));
  }
}

TEST(ClientCertificate, WhatIsNoneIsRefused) {
  const auto cut = key_bytes("pkcs8.pem").substr(0, 300);
  const std::string rubbish = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
  for (const auto& key :
       {std::string(), key_bytes("certificate.pem"), key_bytes("public.pem"), cut, rubbish}) {
    const auto refused = checked(key_bytes("certificate.pem"), key);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("client key"));
    EXPECT_FALSE(refused.error().hint.empty());
    EXPECT_THAT(refused.error().message + refused.error().hint, Not(HasSubstr("MII")));
  }
  EXPECT_THAT(checked(key_bytes("pkcs8.pem"), key_bytes("pkcs8.pem")).error().message,
              HasSubstr("client certificate"));
}

}  // namespace
}  // namespace applink::crypto
