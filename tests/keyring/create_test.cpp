#include "applink/keyring/create.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/crypto/certificate.h"
#include "support/fixed_clock.h"

namespace applink::keyring {
namespace {

using std::chrono::days;
using ::testing::HasSubstr;

TEST(CreateKeyPair, MakesAKeyAndItsCertificate) {
  const test::FixedClock clock(1'795'555'587);
  const auto pair = create_key_pair("hubkey", 2048, CertificateDetails{}, clock);
  ASSERT_TRUE(pair);
  EXPECT_EQ(pair->name, "hubkey");
  EXPECT_EQ(pair->private_key.bits(), 2048);
  EXPECT_EQ(pair->created, clock.now());
  const auto certificate = crypto::Certificate::from_pem(pair->certificate_pem);
  ASSERT_TRUE(certificate);
  EXPECT_EQ(certificate->subject(), "CN=hubkey");
  EXPECT_EQ(certificate->not_before(), clock.now());
  EXPECT_EQ(certificate->not_after(), clock.now() + days(3650));
  EXPECT_TRUE(crypto::is_pair(pair->private_key, *certificate->public_key()));
}

TEST(CreateKeyPair, TakesDetailsOfTheCertificate) {
  const test::FixedClock clock;
  const auto pair = create_key_pair("hubkey", 2048, {"Integration hub", days(90)}, clock);
  ASSERT_TRUE(pair);
  const auto certificate = crypto::Certificate::from_pem(pair->certificate_pem);
  ASSERT_TRUE(certificate);
  EXPECT_EQ(certificate->subject(), "CN=Integration hub");
  EXPECT_EQ(certificate->not_after(), clock.now() + days(90));
}

TEST(CreateKeyPair, RefusesABadNameSizeOrCertificate) {
  const test::FixedClock clock;
  for (const char* name : {"", "a b", "../key", "a\nb", "-key"}) {
    EXPECT_FALSE(create_key_pair(name, 2048, {}, clock)) << name;
  }
  const auto small = create_key_pair("hubkey", 1024, {}, clock);
  ASSERT_FALSE(small);
  EXPECT_THAT(small.error().hint, HasSubstr("2048"));
  EXPECT_FALSE(create_key_pair("hubkey", 2048, {"", days(1)}, clock));
  EXPECT_FALSE(create_key_pair("hubkey", 2048, {"hub", days(0)}, clock));
}

}  // namespace
}  // namespace applink::keyring
