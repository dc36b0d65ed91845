#include "applink/crypto/client_certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/vectors.h"

namespace applink::crypto {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string file(const std::string& name) {
  return test::read_tests_file("data/keys/" + name);
}

Result<void> checked(const std::string& certificate, const std::string& key) {
  return check_client_certificate(certificate, Secret(key));
}

TEST(ClientCertificate, BelongsToItsKey) {
  EXPECT_TRUE(checked(file("certificate.pem"), file("pkcs1.pem")));
  EXPECT_TRUE(checked(file("certificate.pem"), file("pkcs8.pem")));
  EXPECT_TRUE(checked(file("ec_certificate.pem"), file("ec_pkcs8.pem")));
  EXPECT_TRUE(checked(file("ec_certificate.pem"), file("ec_sec1.pem")));
  const auto both = file("certificate.pem") + file("pkcs8.pem");
  EXPECT_TRUE(checked(both, both)) << "one file may hold the two";
}

TEST(ClientCertificate, OfAnotherKeyIsRefused) {
  for (const auto& [certificate, key] :
       {std::pair{"certificate.pem", "ec_pkcs8.pem"}, std::pair{"certificate.pem", "rsa1024.pem"},
        std::pair{"ec_certificate.pem", "pkcs8.pem"}}) {
    const auto refused = checked(file(certificate), file(key));
    ASSERT_FALSE(refused) << key;
    EXPECT_EQ(refused.error().code, ErrorCode::usage);
    EXPECT_THAT(refused.error().message, HasSubstr("is not that of"));
    EXPECT_FALSE(refused.error().hint.empty());
  }
}

TEST(ClientCertificate, AKeyUnderAPassphraseIsRefusedWithTheWayOut) {
  for (const auto* const key : {"encrypted_pkcs1.pem", "encrypted_pkcs8.pem"}) {
    const auto refused = checked(file("certificate.pem"), file(key));
    ASSERT_FALSE(refused) << key;
    EXPECT_THAT(refused.error().hint, HasSubstr("openssl pkey -in"));
  }
}

TEST(ClientCertificate, WhatIsNoneIsRefused) {
  const auto cut = file("pkcs8.pem").substr(0, 300);
  const std::string rubbish = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
  for (const auto& key :
       {std::string(), file("certificate.pem"), file("public.pem"), cut, rubbish}) {
    const auto refused = checked(file("certificate.pem"), key);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("client key"));
    EXPECT_FALSE(refused.error().hint.empty());
    EXPECT_THAT(refused.error().message + refused.error().hint, Not(HasSubstr("MII")));
  }
  EXPECT_THAT(checked(file("pkcs8.pem"), file("pkcs8.pem")).error().message,
              HasSubstr("client certificate"));
}

}  // namespace
}  // namespace applink::crypto
