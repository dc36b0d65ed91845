#include "applink/keyring/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "applink/crypto/certificate.h"
#include "support/fixed_clock.h"
#include "support/vectors.h"

namespace applink::keyring {
namespace {

using std::chrono::days;
using ::testing::HasSubstr;

std::string file(std::string_view name) {
  return test::read_tests_file("data/keys/" + std::string(name));
}

TEST(ImportKeyPair, TakesBothFormsAndMakesACertificate) {
  const test::FixedClock clock;
  for (const char* name : {"pkcs1.pem", "pkcs8.pem"}) {
    const auto pair = import_key_pair("old", Secret(file(name)), CertificateDetails{}, clock);
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->name, "old");
    EXPECT_EQ(pair->created, clock.now());
    const auto certificate = crypto::Certificate::from_pem(pair->certificate_pem);
    ASSERT_TRUE(certificate);
    EXPECT_EQ(certificate->subject(), "CN=old");
    EXPECT_TRUE(crypto::is_pair(pair->private_key, *certificate->public_key()));
  }
}

TEST(ImportKeyPair, KeepsTheCertificateThatBelongsToTheKey) {
  const std::string with_text = "Certificate:\n    Data:\n" + file("certificate.pem");
  const auto pair =
      import_key_pair("old", Secret(file("pkcs8.pem")), with_text, test::FixedClock());
  ASSERT_TRUE(pair);
  EXPECT_EQ(pair->certificate_pem, file("certificate.pem"));
}

TEST(ImportKeyPair, RefusesAnotherKeysCertificate) {
  const test::FixedClock clock;
  const auto pair =
      import_key_pair("old", Secret(file("rsa1024.pem")), file("certificate.pem"), clock);
  ASSERT_FALSE(pair);
  EXPECT_THAT(pair.error().message, HasSubstr("belongs to another key"));
  EXPECT_FALSE(
      import_key_pair("old", Secret(file("pkcs1.pem")), file("ec_certificate.pem"), clock));
  EXPECT_FALSE(import_key_pair("old", Secret(file("pkcs1.pem")), file("public.pem"), clock));
}

TEST(ImportKeyPair, TakesAnOldSmallKeyAndTellsItsSize) {
  const auto pair =
      import_key_pair("old", Secret(file("rsa1024.pem")), CertificateDetails{}, test::FixedClock());
  ASSERT_TRUE(pair);
  EXPECT_EQ(pair->private_key.bits(), 1024);
}

TEST(ImportKeyPair, LooksAtThePrimes) {
  const auto pair = import_key_pair("old", Secret(file("composite_prime.pem")),
                                    CertificateDetails{}, test::FixedClock());
  ASSERT_FALSE(pair);
  EXPECT_THAT(pair.error().message, HasSubstr("damaged"));
}

TEST(ImportKeyPair, RefusesABadNameAndWhatIsNoKey) {
  const test::FixedClock clock;
  EXPECT_FALSE(import_key_pair("a b", Secret(file("pkcs1.pem")), CertificateDetails{}, clock));
  EXPECT_FALSE(import_key_pair("a b", Secret(file("pkcs1.pem")), file("certificate.pem"), clock));
  EXPECT_FALSE(import_key_pair("old", Secret(file("public.pem")), CertificateDetails{}, clock));
  EXPECT_FALSE(import_key_pair("old", Secret(), CertificateDetails{}, clock));
}

}  // namespace
}  // namespace applink::keyring
