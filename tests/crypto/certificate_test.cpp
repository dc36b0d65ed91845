#include "applink/crypto/certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/key_files.h"
#include "support/keys.h"

namespace applink::crypto {
namespace {

using std::chrono::days;
using test::in_2026;
using test::key_bytes;
using test::test_key;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(SelfSignedCertificate, SaysWhoseKeyItIsAndForHowLong) {
  const auto key = test_key();
  const auto certificate = self_signed_certificate(key, "hub", in_2026, days(3650));
  ASSERT_TRUE(certificate);
  EXPECT_EQ(certificate->subject(), "CN=hub");
  EXPECT_EQ(certificate->not_before(), in_2026);
  EXPECT_EQ(certificate->not_after(), in_2026 + days(3650));
  const auto public_key = certificate->public_key();
  ASSERT_TRUE(public_key);
  EXPECT_TRUE(is_pair(key, *public_key));
}

// Jira takes a text for a certificate where it starts exactly so.
TEST(SelfSignedCertificate, BeginsAtItsFirstByteWithItsBeginLine) {
  const auto certificate = self_signed_certificate(test_key(), "hub", in_2026, days(1));
  ASSERT_TRUE(certificate);
  EXPECT_THAT(certificate->to_pem(), StartsWith("-----BEGIN CERTIFICATE-----\n"));
}

TEST(SelfSignedCertificate, ReadsBackTheSame) {
  const auto made = self_signed_certificate(test_key(), "hub", in_2026, days(365));
  ASSERT_TRUE(made);
  const auto read = Certificate::from_pem("subject=CN = hub\n" + made->to_pem());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->to_der(), made->to_der());
  EXPECT_EQ(read->not_after(), made->not_after());
}

TEST(SelfSignedCertificate, HasASerialNumberOfItsOwn) {
  const auto key = test_key();
  const auto first = self_signed_certificate(key, "hub", in_2026, days(1));
  const auto second = self_signed_certificate(key, "hub", in_2026, days(1));
  ASSERT_TRUE(first);
  ASSERT_TRUE(second);
  EXPECT_NE(first->to_der(), second->to_der());
}

// RFC 5280 section 4.1.2.5 changes the encoding of times with the year 2050.
TEST(SelfSignedCertificate, KeepsTimesOnBothSidesOf2050AndUpTo9999) {
  const Timestamp end_of_2049{std::chrono::seconds(2'524'607'999)};
  const Timestamp last{std::chrono::seconds(253'402'300'799)};
  for (const Timestamp end : {end_of_2049, end_of_2049 + std::chrono::seconds(1), last}) {
    const auto certificate = self_signed_certificate(test_key(), "hub", end - days(1), days(1));
    ASSERT_TRUE(certificate);
    EXPECT_EQ(certificate->not_after(), end);
    EXPECT_EQ(certificate->not_before(), end - days(1));
  }
}

TEST(SelfSignedCertificate, TakesAnyPrintableName) {
  for (const std::string& name :
       {std::string("Jürgen's hub"), std::string(64, 'x'), std::string("日本")}) {
    const auto certificate = self_signed_certificate(test_key(), name, in_2026, days(1));
    ASSERT_TRUE(certificate) << name;
    EXPECT_EQ(certificate->subject(), "CN=" + name);
  }
}

TEST(SelfSignedCertificate, EscapesANameThatLooksLikeSeveral) {
  const auto certificate = self_signed_certificate(test_key(), "a,O=b", in_2026, days(1));
  ASSERT_TRUE(certificate);
  EXPECT_EQ(certificate->subject(), "CN=a\\,O=b");
}

TEST(SelfSignedCertificate, RefusesNamesThatCannotBeShown) {
  for (const std::string& name : {std::string(), std::string(65, 'x'), std::string("a\nb"),
                                  std::string("a\0b", 3), std::string("\xff"), std::string(" a")}) {
    const auto certificate = self_signed_certificate(test_key(), name, in_2026, days(1));
    ASSERT_FALSE(certificate) << name;
    EXPECT_EQ(certificate.error().code, ErrorCode::usage);
    EXPECT_THAT(certificate.error().hint, HasSubstr("1 to 64"));
    EXPECT_EQ(certificate.error().message.find('\n'), std::string::npos);
  }
}

TEST(SelfSignedCertificate, RefusesTimesThatCannotBeWritten) {
  const Timestamp last{std::chrono::seconds(253'402'300'799)};
  for (const days validity : {days(0), days(-1), days::max(), days::min(), days(3'000'000)}) {
    const auto certificate = self_signed_certificate(test_key(), "hub", in_2026, validity);
    ASSERT_FALSE(certificate) << validity.count();
    EXPECT_EQ(certificate.error().code, ErrorCode::usage);
  }
  EXPECT_FALSE(self_signed_certificate(test_key(), "hub", last, days(1)));
}

TEST(CertificateFromPem, ReadsAnotherToolsOne) {
  const auto certificate = Certificate::from_pem(key_bytes("certificate.pem"));
  ASSERT_TRUE(certificate);
  EXPECT_EQ(certificate->subject(), "CN=test");
  EXPECT_EQ(certificate->not_after() - certificate->not_before(), days(36500));
  EXPECT_EQ(certificate->to_pem(), key_bytes("certificate.pem"));
}

TEST(CertificateFromPem, ReadsOneOfAnotherKeyButHandsOutNoRsaKey) {
  const auto certificate = Certificate::from_pem(key_bytes("ec_certificate.pem"));
  ASSERT_TRUE(certificate);
  const auto key = certificate->public_key();
  ASSERT_FALSE(key);
  EXPECT_THAT(key.error().message, HasSubstr("elliptic-curve"));
}

TEST(CertificateFromPem, RefusesWhatIsNone) {
  EXPECT_THAT(Certificate::from_pem("").error().message, HasSubstr("no certificate"));
  EXPECT_THAT(Certificate::from_pem(key_bytes("public.pem")).error().message,
              HasSubstr("no certificate"));
  const std::string pem = key_bytes("certificate.pem");
  for (std::size_t size = 0; size < pem.find("=\n-----END"); ++size) {
    EXPECT_FALSE(Certificate::from_pem(pem.substr(0, size))) << size;
  }
}

}  // namespace
}  // namespace applink::crypto
